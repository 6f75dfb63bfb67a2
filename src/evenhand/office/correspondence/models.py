"""Papers that went out and what became of them; who was told; who called; where a party lives, and lived."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from evenhand.office.cases.models import Case, Party

_MEANS = Q(means__in=["personal", "mail", "fax", "electronic"])


class Notice(models.Model):
    """One paper to one party, with its proof of service. The PDF lies sealed in the store."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    means = models.CharField(max_length=12)
    served_on = models.DateField()
    received_on = models.DateField(null=True)
    declarant = models.CharField(max_length=150)
    pdf = models.CharField(max_length=64)
    language = models.CharField(max_length=10, default="en")
    companion_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="companions")
    """The paper with which it goes in one envelope: the English one of a translation, the letter of a summary."""
    again_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="served_again")
    """The earlier service of the same paper."""
    cover = models.CharField(max_length=64, blank=True, default="")
    """The sheet with its own proof of service, for a paper that is served again."""
    recipient = models.JSONField(default=dict)
    """To whom and where it went: name and lines, as they stood on the day."""
    items = models.JSONField(default=list)
    """Numbers of the disputed items it speaks of."""
    dates = models.JSONField(default=list)
    """The legal dates that it names: rule, due, citation, confidence."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="notice_number_once_in_case"),
            models.CheckConstraint(condition=_MEANS, name="notice_means_known"),
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("served_on")),
                name="received_when_or_after_served",
            ),
        ]
        ordering = ["number"]


class ReturnReason(models.TextChoices):
    """Why a paper came back."""

    INSUFFICIENT_ADDRESS = "insufficient_address", "address insufficient or wrong"
    MOVED = "moved", "moved, no forwarding address"
    FORWARDING_EXPIRED = "forwarding_expired", "forwarding time expired"
    REFUSED = "refused", "refused"
    UNCLAIMED = "unclaimed", "not claimed"
    VACANT = "vacant", "vacant, or no mail receptacle"
    DECEASED = "deceased", "addressee deceased"
    FAX_FAILED = "fax_failed", "fax did not go through"
    EMAIL_FAILED = "email_failed", "e-mail could not be delivered"
    OTHER = "other", "another reason"


class ReturnedPaper(models.Model):
    """A paper that came back."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="returns")
    returned_on = models.DateField()
    reason = models.CharField(max_length=30, choices=ReturnReason.choices)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice"], name="a_paper_comes_back_once"),
            models.CheckConstraint(condition=Q(reason__in=ReturnReason.values), name="return_reason_known"),
        ]
        ordering = ["id"]


class PrintBatch(models.Model):
    """Papers printed in one go. The PDF is put together anew from the sealed papers whenever it is wanted."""

    number = models.PositiveIntegerField(unique=True)
    means = models.CharField(max_length=12)
    made_on = models.DateField()
    made_by = models.CharField(max_length=150)
    replays = models.BooleanField(default=False)
    """Papers of replayed cases: an example, never to be mailed. A batch is all of one sort."""
    duplex = models.BooleanField(default=False)
    sheets = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    mailed_on = models.DateField(null=True)
    mailed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_MEANS, name="batch_means_known")]
        ordering = ["number"]


class BatchPaper(models.Model):
    """A paper's place in the batch that printed it."""

    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT, related_name="papers")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="printed")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="place_in_batch_once")]
        ordering = ["place"]


class MessageState(models.TextChoices):
    """What became of an e-mail."""

    QUEUED = "queued", "waiting to be sent"
    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    SHOWN = "shown", "shown on standard error, no mail server is configured"
    FAILED = "failed", "could not be sent"
    REPLAYED = "replayed", "replayed, not sent"


class Message(models.Model):
    """An e-mail that says that a paper is ready; never what it says. Written with the notice, sent by a job."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="message")
    to = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    """Makes the Message-ID: whoever gets a message twice can tell."""
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known")]
        ordering = ["id"]


class PartyAddress(models.Model):
    """Where a party is reached from a day on. The first row of a party is what stood before anything changed."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="addresses")
    from_on = models.DateField(null=True)
    """Absent: from the beginning."""
    organisation = models.CharField(max_length=200, blank=True)
    address = models.JSONField(default=list)
    region = models.CharField(max_length=10, blank=True)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["id"]


class PartyChange(models.Model):
    """That somebody else stands in a role from a day on: another attorney, another claims administrator."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="party_changes")
    role = models.CharField(max_length=30)
    former = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="left_by")
    successor = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="joined_by")
    changed_on = models.DateField()
    told_on = models.DateField()
    proof_on = models.DateField(null=True)
    """Date of the proof of representation."""
    screening_needed = models.BooleanField(default=False)
    """Whether a reviewer was selected already, whose ties to the new party nobody has looked at."""
    recorded_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["id"]


class ContactMeans(models.TextChoices):
    """How somebody got in touch."""

    PHONE = "phone", "by telephone"
    VOICEMAIL = "voicemail", "by voice mail"
    MAIL = "mail", "by mail"
    FAX = "fax", "by fax"
    EMAIL = "email", "by e-mail"
    PORTAL = "portal", "on the portal"
    IN_PERSON = "in_person", "in person"


class ContactEntry(models.Model):
    """A contact with somebody. With whom and about what lies sealed in the store, under the case's key."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    number = models.PositiveIntegerField()
    on = models.DateField()
    incoming = models.BooleanField()
    means = models.CharField(max_length=12, choices=ContactMeans.choices)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT)
    sealed = models.CharField(max_length=64)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="contact_number_once_in_case"),
            models.CheckConstraint(condition=Q(means__in=ContactMeans.values), name="contact_means_known"),
        ]
        ordering = ["number"]
