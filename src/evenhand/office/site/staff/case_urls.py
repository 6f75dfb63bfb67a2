"""Addresses of the pages of cases, for the staff."""

from django.urls import path

from evenhand.office.site.staff import case, file, intake, letters, mailroom, papers
from evenhand.office.site.staff.acts import views

urlpatterns = [
    path("intake/", intake.intake, name="intake"),
    path("intake/new/", intake.new, name="intake_new"),
    path("intake/upload/", intake.upload, name="intake_upload"),
    path("mail/", mailroom.mailroom, name="mailroom"),
    path("mail/batches/", mailroom.make_batch, name="make_batch"),
    path("mail/batches/<int:batch>/", mailroom.batch, name="batch"),
    path("mail/batches/<int:batch>/pdf/", mailroom.batch_file, name="batch_file"),
    path("cases/<str:number>/cover-sheet/", intake.cover_sheet, name="cover_sheet"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/events/", case.events, name="case_events"),
    path("cases/<str:number>/do/<str:act>/", views.do, name="act"),
    path("cases/<str:number>/papers/<int:notice>/", papers.paper, name="paper"),
    path("cases/<str:number>/papers/<int:notice>/cover/", papers.cover, name="paper_cover"),
    path("cases/<str:number>/letter/", papers.letter, name="letter"),
    path("cases/<str:number>/letter/preview/", papers.preview, name="letter_preview"),
    path("cases/<str:number>/letter/read/", letters.letter_read, name="letter_read"),
    path("cases/<str:number>/letter/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("cases/<str:number>/draft/", letters.draft_read, name="draft_read"),
    path("cases/<str:number>/contacts/", papers.contact_log, name="contacts"),
    path("cases/<str:number>/selection/", papers.selection, name="selection"),
    path("cases/<str:number>/file/", file.file, name="file"),
    path("cases/<str:number>/file/page/<int:page>/", file.page, name="file_page"),
    path("cases/<str:number>/file/page/<int:page>/picture/", file.picture, name="file_picture"),
    path("cases/<str:number>/file/document/<int:document>/", file.original, name="original"),
]
