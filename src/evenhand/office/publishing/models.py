"""Published decisions: the database is the record, the search index is derived from it."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case


class Publication(models.Model):
    """A determination as it was published, de-identified; withdrawn ones leave a tombstone under the same address."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="publication")
    address = models.CharField(max_length=60, unique=True)
    published_on = models.DateField()
    decision = models.JSONField()
    removed = models.JSONField()
    withdrawn_on = models.DateField(null=True)
