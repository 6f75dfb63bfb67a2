"""Addresses of the public site."""

from django.urls import include, path

from evenhand.office.site import views
from evenhand.office.site.letter import checks, public, reading
from evenhand.office.ui.views import components

urlpatterns = [
    path("", views.home, name="home"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<path:address>.json", views.decision_data, name="decision_data"),
    path("decisions/<path:address>/letter.pdf", public.letter_pdf, name="decision_pdf"),
    path("decisions/<path:address>/letter/", public.letter, name="decision_letter"),
    path("decisions/<path:address>/", views.decision, name="decision"),
    path("letters/", reading.read_letter, name="read_letter"),
    path("checks/", checks.all_checks, name="checks"),
    path("checks/<str:code>/", checks.one_check, name="check"),
    path("about/", views.about, name="about"),
    path("healthz", views.healthz, name="healthz"),
    path("ui/", components, name="ui"),
    path("account/", include("evenhand.office.site.account.urls")),
    path("demo/", include("evenhand.office.site.account.demo_urls")),
    path("office/accounts/", include("evenhand.office.site.account.office_urls")),
    path("office/", include("evenhand.office.site.staff.urls")),
    path("office/", include("evenhand.office.site.staff.case_urls")),
    path("my/", include("evenhand.office.site.parties.urls")),
]
handler400 = "evenhand.office.site.errors.bad_request"
handler403 = "evenhand.office.site.errors.forbidden"
handler404 = "evenhand.office.site.errors.not_found"
handler500 = "evenhand.office.site.errors.server_error"
