"""An office of the size of the programme, made by the database itself: cases, parties, items, legal dates, papers, events.

Rows are generated inside PostgreSQL, before the triggers are there: an office that filled itself by acts would take days. The
events hold no true chain; nothing here is verified, only looked at.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

EPOCH = "DATE '2026-11-23'"
CLAIM = "'CL-' || c.id"
# How many of 100 open cases stand in which state, and how many days after receipt they do.
STATES = (
    ("RECEIVED", 6), ("SCREENING", 10), ("INFORMATION_REQUESTED", 4), ("ASSIGNED", 4), ("RECORDS_OPEN", 30),
    ("RECORDS_COMPLETE", 12), ("RECORDS_OVERDUE", 6), ("REVIEWER_SELECTED", 5), ("IN_REVIEW", 12),
    ("ADDITIONAL_INFORMATION", 2), ("DRAFTED", 4), ("QUALITY_REVIEW", 2), ("ISSUED", 3),
)  # fmt: skip
LAST = ("adler", "brandt", "castillo", "delgado", "eriksen", "fontaine", "garcia", "hale", "ibarra", "jensen", "moreno")
FIRST = ("ana", "ben", "carla", "dario", "elena", "felix", "grace", "hugo", "ines", "jonas", "kim", "lars", "mona")
DEADLINE = (
    '{"rule": "determination", "from": "2026-01-05", "due": "2026-02-04", "target": "2026-02-04", "calendar": "California",'
    ' "steps": ["30 days from Mon Jan 5, 2026: Wed Feb 4, 2026"], "citation": "Lab. Code 4610.6(d)", "confidence": "read",'
    ' "caution": null, "unknown": null, "holidays": []}'
)


def fill(still_open: int, closed: int) -> None:
    """Makes the office. The tables must be there and empty, the triggers must not."""
    with connection.cursor() as cursor:
        # Foreign keys are not looked up row by row: every row is made from the row it refers to.
        cursor.execute("SET session_replication_role = replica")
        _cases(cursor, still_open, closed)
        _of_cases(cursor)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [still_open + closed])
        cursor.execute("VACUUM ANALYZE")


def _cases(cursor: Any, still_open: int, closed: int) -> None:
    from evenhand.office.cases.models import Case

    count = still_open + closed
    shut = f"g <= {closed}"
    # Closed ones over two years, the open ones of the last ten weeks; letters went out thirty to fifty days after receipt.
    opened = f"CASE WHEN {shut} THEN {EPOCH} - 60 - ((g * 7919) % 700)::int ELSE {EPOCH} - ((g * 31) % 70)::int END"
    place, states = 0, "CASE "
    for name, share in STATES:
        place += share
        states += f"WHEN (g * 37) % 100 < {place} THEN '{name}' "
    due = f"CASE WHEN {shut} OR g % 17 = 0 THEN NULL ELSE {EPOCH} - 6 + ((g * 13) % 45)::int END"
    passed = f"{shut} AND g % 8 <> 0"
    insert(
        cursor,
        Case,
        f"generate_series(1, {count}) AS g",
        id="g",
        number="'EH26-' || lpad(g::text, 7, '0')",
        programme="'ca_dwc'",
        state=f"CASE WHEN {shut} THEN (CASE WHEN g % 9 = 0 THEN 'TERMINATED' ELSE 'CLOSED' END) ELSE {states} END END",
        priority="CASE WHEN g % 25 = 0 THEN 'expedited' ELSE 'regular' END",
        opened_on=opened,
        worker_name=f"{_one_of(LAST, 'g')} || ', ' || {_one_of(FIRST, 'g / 11')}",
        next_due_on=due,
        next_due_label=f"CASE WHEN ({due}) IS NULL THEN '' ELSE 'Determination' END",
        eligible_on=f"CASE WHEN {passed} THEN ({opened}) + 5 END",
        assigned_on=f"CASE WHEN {passed} THEN ({opened}) + 6 END",
        records_complete_on=f"CASE WHEN {passed} THEN ({opened}) + 20 + (g % 9)::int END",
        issued_on=f"CASE WHEN {passed} THEN ({opened}) + 30 + (g % 21)::int END",
        closed_on=f"CASE WHEN {shut} THEN ({opened}) + 30 + (g % 21)::int END",
        selected_reviewer="'R-' || (1000 + g % 150)",
    )


def _of_cases(cursor: Any) -> None:
    from evenhand.office.cases.models import DisputedItem, LegalDate, Party
    from evenhand.office.correspondence.models import Notice
    from evenhand.office.events.models import Event
    from evenhand.office.intake.models import Application

    roles = ("employee", "attorney", "requesting_physician", "claims_administrator")
    each = "cases_case AS c CROSS JOIN LATERAL generate_series(1, {}) AS n"
    insert(
        cursor, Party, each.format(4), case="c.id", role=_one_of(roles, "n - 1"), name="'Party ' || n || ' of ' || c.id",
        address="""'["100 Example Street", "Sacramento, CA 95814"]'""", region="'CA'", notified="true",
    )  # fmt: skip
    insert(
        cursor, DisputedItem, each.format("1 + c.id % 3"), case="c.id", number="n", ur_item="n",
        text="'Physical therapy, 12 visits, lumbar spine'",
        state="CASE WHEN c.id % 40 = 0 THEN 'DUPLICATE' WHEN c.state = 'CLOSED' THEN 'DECIDED' ELSE 'ELIGIBLE' END",
        decision="CASE WHEN c.id % 40 <> 0 AND c.state = 'CLOSED' THEN 'Upheld' END",
        rationale="CASE WHEN c.id % 40 <> 0 AND c.state = 'CLOSED' THEN 'Not supported by the guideline.' ELSE '' END",
    )  # fmt: skip
    rules = ("ur_decision", "application", "assignment_notice", "records_mailed", "determination", "wcab_petition")
    insert(
        cursor, LegalDate, each.format(len(rules)), case="c.id", label="'Date ' || n", rule=_one_of(rules, "n - 1"),
        start="c.opened_on::text", due="(c.opened_on + 15 * n::int)::text", deadline=f"'{DEADLINE}'",
        met_on="CASE WHEN c.closed_on IS NOT NULL OR n < 4 THEN c.opened_on + 10 * n::int END",
    )  # fmt: skip
    insert(
        cursor, Notice, f"{each.format(4)} JOIN cases_party AS p ON p.case_id = c.id AND p.role = {_one_of(roles, 'n - 1')}",
        case="c.id", kind="'assignment'", number="n", party="p.id", means="'mail'", served_on="c.opened_on + 6",
        declarant="'a.case_manager'", pdf="md5(c.id::text) || md5(n::text)",
    )  # fmt: skip
    insert(
        cursor, Application, "cases_case AS c", case="c.id", received_on="c.opened_on", entered_on="c.opened_on",
        claim_number=CLAIM, employee_key="md5(c.id::text) || md5(c.id::text)", ur_decided_on="c.opened_on - 20",
        form="'{}'", request_for_authorization="'{}'", ur_decision="'{}'",
    )  # fmt: skip
    insert(
        cursor, Event, each.format("CASE WHEN c.closed_on IS NULL THEN 10 ELSE 16 END"), chain="c.number", number="n",
        kind="'notice_sent'", actor="'a.case_manager'", role="'case_manager'", source="'person'",
        effective="c.opened_on + n::int", recorded_at="c.opened_on + n::int",
        payload="""'{"data":{"kind":"assignment"},"effective":"2026-01-05"}'""", previous="''",
        hash="md5(c.number) || md5(n::text)",
    )  # fmt: skip


def insert(cursor: Any, model: type[models.Model], rows: str, /, **given: str) -> None:
    """INSERT … SELECT from `rows`: the expressions given, and the model's own default for every other column."""
    columns, expressions, params = [], [], []
    for field in model._meta.concrete_fields:
        if field.name in given:
            expressions.append(given[field.name])
        elif isinstance(field, models.AutoField):
            continue
        else:
            expressions.append("%s")
            default = None if field.null and not field.has_default() else field.get_default()
            params.append(field.get_db_prep_save(default, connection))
        columns.append(f'"{field.column}"')
        kind = field.db_type(connection)
        if isinstance(field, models.JSONField | models.DateTimeField):
            expressions[-1] = f"({expressions[-1]})::{kind}"
    listed = ", ".join(
        expression.replace("%", "%%") if expression != "%s" else expression for expression in expressions
    )
    listed = listed.replace("(%%s)::", "(%s)::")
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {listed} FROM {rows.replace('%', '%%')}",
        params,
    )


def _one_of(values: tuple[str, ...], place: str) -> str:
    return f"(ARRAY[{', '.join(repr(value) for value in values)}])[1 + ({place}) % {len(values)}]"
