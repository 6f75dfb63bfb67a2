"""From the letter to the public decision: composed from its fields, free text redacted, checked for what must not be left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evenhand.corpus.decision import PublishedDecision, publish
from evenhand.letters.determination import Determination
from evenhand.office.cases.models import Case
from evenhand.office.intake.queries import form_of, ur_decision_of
from evenhand.office.publishing.identities import identities_of
from evenhand.office.refusals import Refused
from evenhand.privacy.redact import Removed, redact
from evenhand.privacy.verify import left_over
from evenhand.reading import from_plain, to_plain

PROFILE = "ca_dwc_public"
