"""What can be queued. Every handler may run twice and does the same as once.

The handlers stand low in the house and what they do stands higher, so each is named by its dotted path and imported when it runs.
A job's arguments are kept in the database: numbers of cases and days, never names or medical text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from evenhand.office.jobs.queue import enqueue_once
from evenhand.office.refusals import Refused

# The work of the office that is done in the background: name, and the function that does it.
WORK = {
    "corpus": "evenhand.office.publishing.actions.bring_corpus_up_to_date",
    "mail": "evenhand.office.correspondence.mail.send_queued",
}
MESSAGES = 50
PATIENCE = timedelta(minutes=10)


def work(name: str) -> Callable[..., Any]:
    """The function behind a name."""
    function: Callable[..., Any] = import_string(WORK[name])
    return function


@task()
def send_mail() -> None:
    """Sends what lies in the outbox, some messages at a time; what did not go out is tried again later."""
    told = work("mail")(limit=MESSAGES)
    if told["waiting"]:
        enqueue_once(send_mail, run_after=None if told["sent"] else timezone.now() + PATIENCE)


@task()
def bring_corpus_up_to_date() -> None:
    """Writes every publication that the public corpus lacks."""
    work("corpus")()


@task()
def night() -> None:
    """The night's work; the next night is a row before this one begins."""
    from evenhand.office.jobs.nightly import by_night
    from evenhand.office.jobs.schedule import plan_night

    plan_night()
    found = by_night().findings
    if found:
        raise Refused(
            what=f"the night found {len(found)}: {'; '.join(found)}", why="see docs/operations.md", next="look into it"
        )
