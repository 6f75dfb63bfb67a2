"""The event log: one hash chain a case, and signed checkpoints over all chains."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One act in the office. Appended by `chain.append`, never changed: the database refuses (see triggers.py)."""

    chain = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, null=True)
    actor = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    source = models.CharField(max_length=10)
    effective = models.DateField()
    recorded_at = models.DateTimeField()
    payload = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="event_number_once_in_chain"),
            models.UniqueConstraint(
                fields=["chain", "key"], condition=Q(key__isnull=False), name="event_key_once_in_chain"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_number_from_one"),
            models.CheckConstraint(
                condition=Q(source__in=["person", "system", "import", "replay"]), name="event_source_known"
            ),
        ]
        ordering = ["chain", "number"]


class Checkpoint(models.Model):
    """A signed statement of how long each changed chain is and which hash stands at its end."""

    number = models.PositiveIntegerField(unique=True)
    recorded_at = models.DateTimeField()
    payload = models.TextField()
    signature = models.TextField()
    public_key = models.TextField()

    class Meta:
        ordering = ["number"]
