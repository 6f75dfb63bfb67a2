"""Reading applications."""

from __future__ import annotations

from evenhand.law.disputes import AlreadyFiled, Dispute, SettledGround
from evenhand.law.facts import Application as ApplicationForm
from evenhand.law.facts import EarlierReview, Employee, RequestForAuthorization, UrDecision
from evenhand.office.cases.models import Case
from evenhand.office.events.links import digest
from evenhand.office.intake.models import Application
from evenhand.reading import from_plain


def employee_key(employee: Employee) -> str:
    """Finds the same employee again: digest of last name, first name and birth date."""
    return digest(f"{employee.last_name.casefold()}|{employee.first_name.casefold()}|{employee.date_of_birth}")


def form_of(case: Case) -> ApplicationForm:
    """The application that opened the case."""
    return from_plain(ApplicationForm, _application(case).form, name="application")


def ur_decision_of(case: Case) -> UrDecision:
    """The utilization review decision in dispute."""
    return from_plain(UrDecision, _application(case).ur_decision, name="UR decision")


def request_of(case: Case) -> RequestForAuthorization:
    """The treating physician's request for authorization."""
    return _request(_application(case))


def dispute_of(case: Case) -> Dispute:
    """All that the law weighs for eligibility, earlier filings of the same dispute included."""
    row = _application(case)
    return Dispute(
        application=form_of(case),
        request_for_authorization=_request(row),
        ur_decision=ur_decision_of(case),
        earlier_reviews=tuple(from_plain(EarlierReview, entry, name="earlier review") for entry in row.earlier_reviews),
        already_filed=_already_filed(row),
        settled=tuple(
            from_plain(SettledGround, entry, name="settled ground")
            for item in case.items.all()
            for entry in item.settled
        ),
    )


def _application(case: Case) -> Application:
    return Application.objects.filter(case=case).order_by("id")[0]


def _request(row: Application) -> RequestForAuthorization:
    return from_plain(RequestForAuthorization, row.request_for_authorization, name="request for authorization")


def _already_filed(row: Application) -> tuple[AlreadyFiled, ...]:
    """Items of the same decision that the same employee had filed before; replays that were set aside do not count."""
    earlier = Application.objects.filter(
        claim_number=row.claim_number,
        employee_key=row.employee_key,
        ur_decided_on=row.ur_decided_on,
        id__lt=row.id,
        case__set_aside=False,
    )
    return tuple(
        AlreadyFiled(item=item.ur_item, case_number=application.case.number)
        for application in earlier.select_related("case")
        for item in application.case.items.exclude(state="DUPLICATE")
    )


def cases_of_claim(number: str) -> list[int]:
    """Keys of the cases of a claim, by its whole number. A worker may have several in dispute."""
    return list(Application.objects.filter(claim_number=number).values_list("case_id", flat=True)[:100])
