"""The signature on the letters that go out: the organisation's, and refused where it could name a reviewer."""

from __future__ import annotations

from django.utils import timezone

from evenhand.office.cases.models import Case
from evenhand.office.configuration import configuration
from evenhand.office.letter_signing import letter_identity
from evenhand.office.organisation import organisation
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed
from evenhand.reading import BadFile
from evenhand.typesetting.signature import CannotSign, sign_pdf

REASON = "Final determination of an independent medical review"


def signed(case: Case, pdf: bytes) -> bytes:
    """The letter with the organisation's signature, at the moment of recording. Refused where nothing fit to sign is there."""
    at = timezone.now()
    try:
        identity = letter_identity(configuration(), organisation().name, at=at)
        require_unnamed(case, identity.certificate.subject.rfc4514_string(), "the certificate that signs letters")
        return sign_pdf(pdf, identity, at=at, reason=REASON)
    except (BadFile, CannotSign) as error:
        raise Refused(
            what=f"the letter cannot be signed: {error}",
            why="whoever holds the letter must be able to see that it is ours and unchanged",
            next="a system administrator mends the key or the certificate (docs/operations.md); nothing was sent",
        ) from None
