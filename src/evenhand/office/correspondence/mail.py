"""E-mail that says that a paper is ready, and nothing of what it says.

A message is a row beside its notice, written in the same transaction. `send_queued` sends what waits; a job, `evenhand work` and
the nightly run call it, as often as they like. What a script replays is never sent to anybody.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from evenhand.office.correspondence.addresses import reach
from evenhand.office.correspondence.compose import languages_for, texts_of
from evenhand.office.correspondence.models import Message, MessageState, Notice
from evenhand.office.correspondence.shown import ShownOnly
from evenhand.office.events.chain import Actor, append
from evenhand.office.jobs.queue import enqueue_once
from evenhand.office.jobs.tasks import send_mail
from evenhand.office.organisation import organisation

SYSTEM = Actor(username="system", role="system", source="system")
MOST_ATTEMPTS = 5
# A message whose sender was killed half-way is taken up again after this time, under the same Message-ID.
STALE = timedelta(minutes=15)


def queue(notice: Notice) -> Message:
    """Writes the message for a paper that was served electronically, and the job that sends it."""
    case = notice.case
    subject, body = words(notice)
    if not case.replay_of:
        enqueue_once(send_mail)
    return Message.objects.create(
        case=case,
        notice=notice,
        to=reach(notice.party, notice.served_on).email,
        subject=subject,
        body=body,
        state=MessageState.REPLAYED if case.replay_of else MessageState.QUEUED,
    )


def words(notice: Notice) -> tuple[str, str]:
    """Subject and body: the case's number, the addressee's name, where to sign in. In every language of the addressee."""
    case, mine = notice.case, organisation()
    values = {
        "name": notice.party.name,
        "case_number": case.number,
        "address": f"https://{mine.website}/",
        "phone": mine.phone,
        "organisation": mine.name,
    }
    spoken = [texts_of(case, language) for language in languages_for(case, notice.party.role)]
    subject = " / ".join(texts.word("mail.subject").format_map(values) for texts in spoken)
    return subject, "\n\n".join(texts.say("mail_body", notice.served_on, values) for texts in spoken) + "\n"


def send_queued(limit: int = 50) -> dict[str, int]:
    """Sends up to `limit` waiting messages; returns how many were sent, failed, and still wait. Safe to call at any time, by many.

    Each message is claimed in a transaction of its own before it is sent, so two workers never send the same one.
    """
    counted = {"sent": 0, "failed": 0}
    connection = get_connection(fail_silently=False)
    for key in list(_waiting().values_list("pk", flat=True)[:limit]):
        if _claim(key):
            counted[
                "sent" if _send(Message.objects.select_related("case", "notice").get(pk=key), connection) else "failed"
            ] += 1
    return counted | {"waiting": _waiting().count()}


def _waiting() -> QuerySet[Message]:
    """Queued ones, failed ones that may be tried again, and those whose sender was lost."""
    now = timezone.now()
    lost = Q(state=MessageState.SENDING, tried_at__lt=now - STALE)
    again = Q(state=MessageState.FAILED, attempts__lt=MOST_ATTEMPTS, tried_at__lt=now - STALE)
    return Message.objects.filter(Q(state=MessageState.QUEUED) | lost | again, case__replay_of=None).order_by("pk")


def _claim(key: int) -> bool:
    """Whether this worker has the message now."""
    claimed = (
        _waiting()
        .filter(pk=key)
        .order_by()
        .update(state=MessageState.SENDING, attempts=F("attempts") + 1, tried_at=timezone.now())
    )
    return claimed == 1


def _send(message: Message, connection: Any) -> bool:
    try:
        as_email(message, connection).send(fail_silently=False)
    except Exception as error:  # whatever a mail server or the network may do; told in the row, tried again later
        message.state, message.fault = MessageState.FAILED, type(error).__name__
        message.save(update_fields=["state", "fault"])
        return False
    with transaction.atomic():
        message.case.lock()
        shown = isinstance(connection, ShownOnly)
        message.state, message.fault = MessageState.SHOWN if shown else MessageState.SENT, ""
        message.save(update_fields=["state", "fault"])
        append(
            actor=SYSTEM,
            chain=message.case.chain,
            kind="message_shown" if shown else "message_sent",
            effective=timezone.localdate(),
            data={"notice": message.notice.number, "attempts": message.attempts},
        )
    return True


def as_email(message: Message, connection: Any = None) -> EmailMessage:
    """The message as it leaves: plain text, no attachment, a Message-ID of its own."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=formataddr((organisation().name, sender)),
        to=[message.to],
        headers={"Message-ID": f"<{message.token}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
