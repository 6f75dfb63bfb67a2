"""The demonstration office: made-up cases at every stage, people of every role. The two examples, moved to these weeks and stopped.

An office becomes a demonstration when it is made, never later: its log begins with `demonstration_opened`. Whoever adds cases by a
generator writes them behind `fill_demo`, which can be called again: what is there is not done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from evenhand.bundles import Bundle, read_bundle
from evenhand.bundles.bundle import Course, Question
from evenhand.office.cases.queries import replay_of
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import append, done, under_key
from evenhand.office.events.checkpoint import make_checkpoint
from evenhand.office.events.links import digest
from evenhand.office.people import actions as people
from evenhand.office.people.authorisation import acting
from evenhand.office.people.models import RoleGrant
from evenhand.office.people.roles import Role
from evenhand.simulation.one_case import OneCase
from evenhand.simulation.way import Step, Stopped

FILLED = "demonstration_filled"
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One case of the demonstration: which example, how far, and how many days ago its last step was."""

    name: str
    example: str = "lumbar-four-items"
    without: tuple[str, ...] = ()
    """Entries of course.yaml that did not happen (yet); `records` and `review` leave those files out."""
    ago: int | None = 3
    """Days between the last step and today; `None` leaves the case in its own time."""
    worker: tuple[str, str] | None = None
    """First and last name, where no paper names another."""
    asked: bool = False
    """Whether a question on eligibility is open."""


NOT_ISSUED = ("determination", "published_on")
NOT_DRAFTED = ("review", "review_completed_on", "quality_review", *NOT_ISSUED)
NOT_SELECTED = ("reviewer_selected_on", *NOT_DRAFTED)
NOT_COMPLETE = ("records_complete_on", *NOT_SELECTED)
NO_RECORDS = ("records", *NOT_COMPLETE)
NOT_ASSIGNED = ("assignment_notice", *NO_RECORDS)
NOT_ELIGIBLE = ("eligibility_approved_on", *NOT_ASSIGNED)

PLANS = (
    Plan(name="demo-closed-neck", example="neck-cold-therapy", ago=None),
    Plan(name="demo-screening-1", without=NOT_ELIGIBLE, ago=1, worker=("Alma", "Quillfeather")),
    Plan(name="demo-screening-2", without=NOT_ELIGIBLE, ago=9, worker=("Bruno", "Ashgrove")),
    Plan(name="demo-asked", without=NOT_ELIGIBLE, ago=4, worker=("Celeste", "Wetherby"), asked=True),
    Plan(name="demo-eligible", without=NOT_ASSIGNED, ago=0, worker=("Dario", "Pemberley")),
    Plan(name="demo-waits-for-records", without=NO_RECORDS, ago=6, worker=("Esme", "Thornquist")),
    Plan(name="demo-records-late", without=NO_RECORDS, ago=40, worker=("Felix", "Marchbanks")),
    Plan(name="demo-records-came", without=NOT_COMPLETE, ago=2),
    Plan(name="demo-records-complete", without=NOT_SELECTED, ago=2),
    Plan(name="demo-in-review", without=NOT_DRAFTED, ago=5),
    Plan(name="demo-drafted", without=("quality_review", *NOT_ISSUED), ago=1),
    Plan(name="demo-closed-back", ago=30),
)
# Parties who get an account, by the case of theirs.
PARTIES = (
    ("demo-waits-for-records", Role.WORKER, "Esme Thornquist (injured worker)"),
    ("demo-waits-for-records", Role.CLAIMS_ADMINISTRATOR, "Claims desk (claims administrator)"),
    ("demo-closed-back", Role.WORKER, "Injured worker of the closed case"),
    ("demo-closed-back", Role.ATTORNEY, "Attorney of the closed case"),
    ("demo-closed-back", Role.REQUESTING_PHYSICIAN, "Physician of the closed case"),
)


def fill_demo(examples: Path, *, on: date, tell: Callable[[str], None]) -> None:
    """Plays every plan as far as it goes. Killed and started again, it goes on where it was."""
    if done(people.CHAIN, FILLED):
        return
    staff = read_bundle(examples / "lumbar-four-items").course.people
    for number, plan in enumerate(PLANS, start=1):
        tell(f"{number} of {len(PLANS)}: {plan.name.removeprefix('demo-').replace('-', ' ')}")
        bundle = planned(read_bundle(examples / plan.example), plan, on)
        _play(replace(bundle, course=replace(bundle.course, people=staff)))
    _parties(on)
    make_checkpoint(configuration())
    with transaction.atomic(), under_key(FILLED):
        append(actor=people.office_administrator(), chain=people.CHAIN, kind=FILLED, effective=on, data={})


def _play(bundle: Bundle) -> None:
    def quiet(_: Step) -> None:
        return

    try:
        OneCase(bundle).run(quiet, quiet)
    except Stopped:
        return  # where the plan lets it stop


def _parties(on: date) -> None:
    """Accounts of parties. An account opened before a kill is not opened again."""
    manager = RoleGrant.objects.filter(role=Role.CASE_MANAGER.value).order_by("pk").first()
    assert manager is not None  # the examples' people are there before their cases
    for name, role, words in PARTIES:
        case = replay_of(name)
        key = f"demo-{role.value}"
        if case is None or done(case.chain, key):
            continue
        stands_for = "employee" if role is Role.WORKER else role.value
        with under_key(key):
            people.open_party_account(
                actor=acting(manager.user.username, Role.CASE_MANAGER, "replay"),
                case=case,
                role=role,
                name=words,
                on=on,
                party=case.parties.filter(role=stands_for, notified=True).values_list("pk", flat=True).first(),
            )


def planned(bundle: Bundle, plan: Plan, on: date) -> Bundle:
    """The example as the plan wants it: stopped, moved so that its last step lies `ago` days back, with a claim of its own."""
    left_out: dict[str, Any] = dict.fromkeys(set(plan.without) - {"records", "review"})
    course = replace(bundle.course, **left_out)
    if plan.asked:
        day = course.application_entered_on
        question = "Is liability for the low back disputed? Please answer yes or no."
        course = replace(course, eligibility_question=Question(asked_on=day, received_on=day, question=question))
    made = replace(
        bundle,
        name=plan.name,
        digest=digest(f"{bundle.digest}|{plan!r}|{on}"),
        course=course,
        records=None if "records" in plan.without else bundle.records,
        review=None if "review" in plan.without else bundle.review,
    )
    if plan.ago is not None:
        made = _moved(made, on - timedelta(plan.ago) - _last(course))
    return replace(made, case=_own_claim(made, plan))


def _own_claim(bundle: Bundle, plan: Plan) -> Any:
    form = bundle.case.application
    employee = replace(form.employee, claim_number=f"DEMO-{digest(plan.name)[:8].upper()}")
    if plan.worker:
        first, last = plan.worker
        employee = replace(employee, first_name=first, last_name=last, middle_initial=None, email=None)
    return replace(bundle.case, application=replace(form, employee=employee))


def _last(course: Course) -> date:
    """The last day on which something happened."""
    days = [course.application_entered_on]
    for name in ("eligibility_approved_on", "records_complete_on", "reviewer_selected_on", "review_completed_on"):
        days += [day] if (day := getattr(course, name)) else []
    days += [course.assignment_notice.served_on] if course.assignment_notice else []
    days += [course.published_on] if course.published_on else []
    return max(days)


def _moved(made: T, by: timedelta) -> T:
    """The same with every day moved by whole weeks; births and injuries stay."""
    by = timedelta(days=by.days // 7 * 7)
    if isinstance(made, date):
        return made + by
    if isinstance(made, tuple):
        return tuple(_moved(one, by) for one in made)  # type: ignore[return-value]
    if not is_dataclass(made) or isinstance(made, type):
        return made
    stays = {"date_of_birth", "date_of_injury", "register", "files"}
    moved = {f.name: _moved(getattr(made, f.name), by) for f in fields(made) if f.init and f.name not in stays}
    return replace(made, **moved)
