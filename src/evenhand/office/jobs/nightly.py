"""What the office does every night, by `evenhand nightly` or by a worker's timer: the same steps, each of which may run twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from evenhand.office.configuration import configuration
from evenhand.office.events.checkpoint import make_checkpoint
from evenhand.office.events.verify import NO_CHECKPOINT, Report, verify
from evenhand.office.jobs.invariants import broken
from evenhand.office.jobs.queue import jobs
from evenhand.office.jobs.tasks import MESSAGES, work
from evenhand.office.jobs.worker import put_back
from evenhand.office.words import counted

KEPT = {TaskResultStatus.SUCCESSFUL: 14, TaskResultStatus.FAILED: 90}
"""For how many days jobs that are over are kept."""


@dataclass(frozen=True, kw_only=True)
class Night:
    """What came of a night."""

    report: Report
    checkpoint: int | None
    """Number of the checkpoint that stands; None where nothing was signed."""
    findings: tuple[str, ...]
    done: tuple[str, ...]


def by_night() -> Night:
    """Verifies and signs the log, sends mail, brings the corpus up to date, puts lost jobs back, tidies, checks invariants.

    A log that is not whole is not signed anew, and nothing else is touched. An office's first night signs its first checkpoint.
    """
    report = verify(configuration())
    if report.findings == (NO_CHECKPOINT,) and not configuration().checkpoints.exists():
        make_checkpoint(configuration())
        report = verify(configuration())
    if report.findings:
        return Night(report=report, checkpoint=None, findings=report.findings, done=())
    checkpoint = make_checkpoint(configuration())
    done: list[str] = []
    sent = work("mail")(limit=20 * MESSAGES)
    if sent["sent"] or sent["waiting"]:
        done.append(f"{counted(sent['sent'], 'message')} sent, {sent['waiting']} waiting")
    work("corpus")()
    if lost := put_back(done.append):
        done.append(f"{counted(lost, 'job')} put back")
    _tidy()
    failed = [f"job {job.name}, put in {job.enqueued_at:%Y-%m-%d %H:%M} UTC: {job.said}" for job in jobs("FAILED")]
    findings = (*broken(), *failed)
    return Night(report=report, checkpoint=checkpoint.number, findings=findings, done=tuple(done))


def _tidy() -> None:
    """Sessions that have run out, and jobs that are over for a while."""
    call_command("clearsessions", verbosity=0)
    for state, days in KEPT.items():
        DBTaskResult.objects.filter(status=state, finished_at__lt=timezone.now() - timedelta(days=days)).delete()
