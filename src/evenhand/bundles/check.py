"""What a bundle's parts say of each other: dates in order, items that exist, papers that open, pages that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from evenhand.bundles.bundle import Bundle, PageReference, StaffRole
from evenhand.casefile.inspect import UnusableFile, inspect
from evenhand.reading import Fault

ACCOUNT = re.compile(r"[A-Za-z0-9._-]{3,40}")
IDENTIFIER = re.compile(r"[A-Z]{1,3}-\d{3,8}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def faults_of(bundle: Bundle) -> list[Fault]:
    """Every fault between the parts of a bundle that were read without fault."""
    pages, faults = _open_papers(bundle)
    faults += _case_faults(bundle)
    faults += _name_faults(bundle)
    faults += _date_faults(bundle)
    faults += _course_faults(bundle)
    faults += _register_faults(bundle)
    faults += _review_faults(bundle, pages if bundle.records else None)
    return faults


def _open_papers(bundle: Bundle) -> tuple[dict[str, int], list[Fault]]:
    """Pages of each paper by its id, and a fault for each that does not open."""
    pages: dict[str, int] = {}
    faults: list[Fault] = []
    for number, receipt in enumerate(bundle.records.receipts if bundle.records else ()):
        for place, paper in enumerate(receipt.files):
            where = f"receipts[{number}].files[{place}]"
            if paper.id in pages:
                faults.append(
                    Fault(
                        file="records.yaml",
                        where=f"{where}.id",
                        what=f"{paper.id} is used twice; every paper has its own id",
                    )
                )
            try:
                pages[paper.id] = inspect(bundle.files[paper.path]).pages
            except UnusableFile as error:
                pages[paper.id] = 0
                faults.append(
                    Fault(
                        file="records.yaml",
                        where=f"{where}.path",
                        what=f"{paper.path}: {error.why}; {error.what_to_do}",
                    )
                )
            if paper.dated > receipt.received_on:
                what = f"is {paper.dated}, after the day on which the paper was received ({receipt.received_on})"
                faults.append(Fault(file="records.yaml", where=f"{where}.dated", what=what))
    return pages, faults


def _case_faults(bundle: Bundle) -> Iterator[Fault]:
    case = bundle.case
    for name, numbers in (
        ("request_for_authorization.items", [i.number for i in case.request_for_authorization.items]),
        ("ur_decision.items", [i.number for i in case.ur_decision.items]),
        ("application.disputed.items", [i.ur_item for i in case.application.disputed.items]),
    ):
        if not numbers:
            yield Fault(file="case.yaml", where=name, what="is empty; name at least one item")
        for number, times in Counter(numbers).items():
            if times > 1:
                yield Fault(file="case.yaml", where=name, what=f"number {number} stands here {times} times; each once")
    reviewed = {item.number for item in case.ur_decision.items}
    for place, entry in enumerate(case.application.disputed.items):
        if entry.ur_item not in reviewed:
            what = f"is {entry.ur_item}, but the utilization review decision has the items {_list(reviewed)}"
            yield Fault(file="case.yaml", where=f"application.disputed.items[{place}].ur_item", what=what)
    if case.application.disputed.ur_determination_date != case.ur_decision.decided_on:
        what = f"is {case.application.disputed.ur_determination_date}, but the decision is dated {case.ur_decision.decided_on}"
        yield Fault(file="case.yaml", where="application.disputed.ur_determination_date", what=what)


def _name_faults(bundle: Bundle) -> Iterator[Fault]:
    """A name that holds no two letters cannot be written to, nor looked for before something is published."""
    form = bundle.case.application
    names = {
        "application.employee.first_name": form.employee.first_name,
        "application.employee.last_name": form.employee.last_name,
        "application.employee.employer_name": form.employee.employer_name,
        "application.requesting_physician.last_name": form.requesting_physician.last_name,
        "application.claims_administrator.company": form.claims_administrator.company,
        "ur_decision.organisation": bundle.case.ur_decision.organisation,
    } | {f"other_parties[{place}].name": party.name for place, party in enumerate(bundle.case.other_parties)}
    for where, name in names.items():
        if sum(sign.isalpha() for sign in name) < 2:
            yield Fault(file="case.yaml", where=where, what=f"is {name[:40]!r}; a name has letters")


def _date_faults(bundle: Bundle) -> Iterator[Fault]:
    """The life of a dispute has an order; a date before its cause is a slip of the pen."""
    case, course = bundle.case, bundle.course
    form, rfa, ur = case.application, case.request_for_authorization, case.ur_decision
    question, notice, extra, quality, letter = (
        course.eligibility_question,
        course.assignment_notice,
        course.additional_information,
        course.quality_review,
        course.determination,
    )
    orders: tuple[tuple[tuple[str, date | None], ...], ...] = (
        (
            ("case.yaml: application.employee.date_of_birth", form.employee.date_of_birth),
            ("case.yaml: application.employee.date_of_injury", form.employee.date_of_injury),
            ("case.yaml: request_for_authorization.recommended_on", rfa.recommended_on),
            ("case.yaml: request_for_authorization.dated", rfa.dated),
            ("case.yaml: request_for_authorization.received_on", rfa.received_on),
            ("case.yaml: ur_decision.decided_on", ur.decided_on),
            ("case.yaml: ur_decision.service.served_on", ur.service.served_on),
            ("case.yaml: application.signature.signed_on", form.signature.signed_on if form.signature else None),
            ("case.yaml: application.filing.received_on", form.filing.received_on),
            ("course.yaml: application_entered_on", course.application_entered_on),
            ("course.yaml: eligibility_question.asked_on", question.asked_on if question else None),
            ("course.yaml: eligibility_question.received_on", question.received_on if question else None),
            ("course.yaml: eligibility_question.answered_on", question.answered_on if question else None),
            ("course.yaml: eligibility_approved_on", course.eligibility_approved_on),
            ("course.yaml: assignment_notice.served_on", notice.served_on if notice else None),
            ("course.yaml: records_complete_on", course.records_complete_on),
            ("course.yaml: reviewer_selected_on", course.reviewer_selected_on),
            ("course.yaml: review_completed_on", course.review_completed_on),
            ("course.yaml: quality_review.reviewed_on", quality.reviewed_on if quality else None),
            ("course.yaml: determination.served_on", letter.served_on if letter else None),
            ("course.yaml: determination.received_on", letter.received_on if letter else None),
            ("course.yaml: published_on", course.published_on),
        ),
        (
            ("course.yaml: assignment_notice.served_on", notice.served_on if notice else None),
            ("course.yaml: assignment_notice.received_on", notice.received_on if notice else None),
        ),
        (
            ("course.yaml: reviewer_selected_on", course.reviewer_selected_on),
            ("course.yaml: additional_information.asked_on", extra.asked_on if extra else None),
            ("course.yaml: additional_information.received_on", extra.received_on if extra else None),
            ("course.yaml: additional_information.answered_on", extra.answered_on if extra else None),
            ("course.yaml: review_completed_on", course.review_completed_on),
        ),
    )
    for order in orders:
        yield from _order_faults(order)


def _order_faults(order: tuple[tuple[str, date | None], ...]) -> Iterator[Fault]:
    """Days that lie in another age, and days before the one they follow."""
    there = [(name, day) for name, day in order if day is not None]
    for name, day in there:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            file, _, where = name.partition(": ")
            yield Fault(
                file=file, where=where, what=f"is {day}; years from {FIRST_YEAR} to {LAST_YEAR} make sense here"
            )
    for (earlier, first), (later, second) in pairwise(there):
        if second < first:
            file, _, where = later.partition(": ")
            yield Fault(
                file=file,
                where=where,
                what=f"is {second}, before {earlier.partition(': ')[2]} ({first}); dates must be in order",
            )


def _course_faults(bundle: Bundle) -> Iterator[Fault]:
    course = bundle.course
    names = Counter(person.username for person in course.people)
    for name, times in names.items():
        if times > 1:
            yield Fault(file="course.yaml", where="people", what=f"{name} stands here {times} times; each account once")
    for person in course.people:
        if not ACCOUNT.fullmatch(person.username):
            what = (
                f"username {person.username[:40]!r} is none; allowed: 3 to 40 of a-z, A-Z, 0-9, dot, dash, underscore"
            )
            yield Fault(file="course.yaml", where="people", what=what)
        if StaffRole.ADMINISTRATIVE_DIRECTOR in person.roles and len(person.roles) > 1:
            what = (
                f"{person.username} is administrative_director and more; the Administrative Director is nobody's staff"
            )
            yield Fault(file="course.yaml", where="people", what=what)
    for id in {entry.reviewer.id for entry in bundle.register.reviewers} if bundle.register else ():
        if id in names:
            what = f"{id} is a reviewer of the register; whoever reviews holds no other role"
            yield Fault(file="course.yaml", where="people", what=what)
    held = {role for person in course.people for role in person.roles}
    needed = {
        StaffRole.INTAKE,
        StaffRole.CASE_MANAGER,
        StaffRole.CREDENTIALING,
        StaffRole.MEDICAL_DIRECTOR,
        StaffRole.ADMINISTRATIVE_DIRECTOR,
    }
    for role in sorted(needed - held):
        yield Fault(file="course.yaml", where="people", what=f"nobody is {role.value}; an act of every case needs one")
    items = range(1, len(bundle.case.application.disputed.items) + 1)
    for place, authorised in enumerate(course.authorisations):
        if authorised.item not in items:
            yield Fault(
                file="course.yaml",
                where=f"authorisations[{place}].item",
                what=f"is {authorised.item}; the application disputes the items {_list(items)}",
            )
    if (
        course.force_reviewer
        and bundle.register
        and course.force_reviewer not in {e.reviewer.id for e in bundle.register.reviewers}
    ):
        yield Fault(
            file="course.yaml",
            where="force_reviewer",
            what=f"is {course.force_reviewer}; nobody of that id is in reviewers.yaml",
        )


def _register_faults(bundle: Bundle) -> Iterator[Fault]:
    entries = bundle.register.reviewers if bundle.register else ()
    for place, entry in enumerate(entries):
        where = f"reviewers[{place}]"
        if not IDENTIFIER.fullmatch(entry.reviewer.id):
            what = f"is {entry.reviewer.id[:40]!r}; an identifier is a letter or two, a dash and digits (R-1001), never a name"
            yield Fault(file="reviewers.yaml", where=f"{where}.reviewer.id", what=what)
        for field in ("name", "email", "npi"):
            if not getattr(entry, field).strip():
                yield Fault(
                    file="reviewers.yaml",
                    where=f"{where}.{field}",
                    what="is empty; credentialing must know who this is",
                )
    for field, values in (
        ("reviewer.id", Counter(entry.reviewer.id for entry in entries)),
        ("npi", Counter(entry.npi for entry in entries)),
    ):
        for value, times in values.items():
            if times > 1:
                what = f"{field} {value} stands here {times} times; each reviewer once, under one identifier"
                yield Fault(file="reviewers.yaml", where="reviewers", what=what)


def _review_faults(bundle: Bundle, pages: dict[str, int] | None) -> Iterator[Fault]:
    """`pages` is absent where no records came: the case stops before anybody could refer to a page."""
    review = bundle.review
    if review is None:
        return
    for place, sentence in enumerate(review.summary):
        yield from _page_faults(f"summary[{place}].pages", sentence.pages, pages)
        if not sentence.pages:
            yield Fault(
                file="review.yaml",
                where=f"summary[{place}].pages",
                what="is empty; every sentence rests on a page of the file",
            )
    ended = {a.item for a in bundle.course.authorisations if a.remaining is None}
    disputed = range(1, len(bundle.case.application.disputed.items) + 1)
    decided = [item.item for item in review.items]
    for number in disputed:
        if number not in decided and number not in ended:
            yield Fault(
                file="review.yaml",
                where="items",
                what=f"item {number} has no decision; each disputed item is decided (8 CCR 9792.10.6(d))",
            )
    for place, item in enumerate(review.items):
        where = f"items[{place}]"
        if item.item not in disputed:
            yield Fault(
                file="review.yaml",
                where=f"{where}.item",
                what=f"is {item.item}; the application disputes the items {_list(disputed)}",
            )
        if decided.count(item.item) > 1:
            yield Fault(file="review.yaml", where=f"{where}.item", what=f"item {item.item} is decided more than once")
        if not item.rationale.strip():
            yield Fault(
                file="review.yaml",
                where=f"{where}.rationale",
                what="is empty; a decision gives its reasons (Lab. Code 4610.6(e))",
            )
        yield from _page_faults(f"{where}.pages", item.pages, pages)
        for number, step in enumerate(item.steps):
            yield from _page_faults(f"{where}.steps[{number}].pages", step.pages, pages)


def _page_faults(where: str, references: Iterable[PageReference], pages: dict[str, int] | None) -> Iterator[Fault]:
    if pages is None:
        return
    for place, reference in enumerate(references):
        if reference.document not in pages:
            what = f"document {reference.document!r} is not in records.yaml; there are: {_list(pages)}"
            yield Fault(file="review.yaml", where=f"{where}[{place}]", what=what)
        elif not 1 <= reference.page <= pages[reference.document]:
            what = f"page {reference.page} of {reference.document!r} does not exist; it has pages 1 to {pages[reference.document]}"
            yield Fault(file="review.yaml", where=f"{where}[{place}]", what=what)


def _list(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values) or "none"
