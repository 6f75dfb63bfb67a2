"""Fills what 0002 added, for cases that were there before: the next duty, the milestones, the name to sort by."""

from datetime import date

from django.db import migrations

# Rights and marks as the law's data has them at this migration; everything else is owed.
NOT_OWED = {
    "wcab_petition",
    "ineligibility_petition",
    "petition_cure",
    "application",
    "application_formulary",
    "application_after_deferral",
    "ur_effect",
    "records_window",
}


def fill(apps, schema_editor):
    """One case after the other; an office of the first release has few."""
    cases = apps.get_model("cases", "Case").objects.filter(worker_name="")
    events = apps.get_model("events", "Event").objects
    applications = apps.get_model("intake", "Application").objects
    dates = apps.get_model("cases", "LegalDate").objects
    for case in cases.order_by("pk").iterator(chunk_size=500):
        standing = list(dates.filter(case_id=case.pk, superseded=False))
        owed = [row for row in standing if row.met_on is None and row.due and row.rule not in NOT_OWED]
        nearest = min(owed, key=lambda row: (row.due, row.id), default=None)
        case.next_due_on = date.fromisoformat(nearest.due[:10]) if nearest else None
        case.next_due_label = nearest.label if nearest else ""
        on = dict(events.filter(chain=case.number).order_by("number").values_list("kind", "effective"))
        assigned = any(row.rule == "assignment_notice" for row in standing)
        case.eligible_on = on.get("eligibility_decided") if assigned else None
        case.assigned_on = on.get("assignment_notices_sent")
        case.records_complete_on = on.get("records_assessed")
        case.issued_on = on.get("determination_issued")
        if case.state in {"CLOSED", "TERMINATED"}:
            case.closed_on = on.get("case_closed") or max(on.values(), default=None)
        application = applications.filter(case_id=case.pk).order_by("id").first()
        if application is not None:
            employee = application.form["employee"]
            case.worker_name = f"{employee['last_name']}, {employee['first_name']}".casefold()
        case.save()


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_lists_and_figures"),
        ("events", "0001_initial"),
        ("intake", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
