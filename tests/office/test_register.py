"""The register on the screen: by identifier, entered from a file, all or none, never with a name."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from tests.conftest import EXAMPLES
from tests.office.signed_in import client_of

from evenhand.bundles import read_bundle
from evenhand.office.people.roles import Role
from evenhand.office.reviewers.models import Reviewer, ReviewerIdentity

FILE = EXAMPLES / "neck-cold-therapy" / "reviewers.yaml"


def enter(content: bytes, role: Role = Role.CREDENTIALING) -> HttpResponse:
    """The page's answer to a file."""
    sent = {"file": SimpleUploadedFile("reviewers.yaml", content), "on": "2015-01-02"}
    return client_of(f"who.{role.value}", role).post("/office/reviewers/", sent)


@pytest.mark.django_db
def test_reviewers_are_entered_from_a_file_and_shown_without_names() -> None:
    """Credentialing enters the register of an example; the page shows identifiers and fields, no name, no e-mail, no licence."""
    assert enter(FILE.read_bytes()).status_code == 302
    register = read_bundle(EXAMPLES / "neck-cold-therapy").register
    assert register is not None
    assert Reviewer.objects.count() == len(register.reviewers)
    for role in (Role.CREDENTIALING, Role.MEDICAL_DIRECTOR):
        page = client_of(f"who.{role.value}", role).get("/office/reviewers/").content.decode()
        for entry in register.reviewers:
            assert entry.reviewer.id in page
            assert not any(word in page for word in (entry.name, entry.email, entry.npi, *entry.licence_numbers))


@pytest.mark.django_db
def test_the_day_of_registration_is_the_day_entered() -> None:
    """Nobody can be selected before the day from which the register has them."""
    enter(FILE.read_bytes())
    assert set(Reviewer.objects.values_list("registered_on", flat=True)) == {date(2015, 1, 2)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"reviewers: 3", b"reviewers: [{name: Nobody Secret}]", b"{{{", b"a: &a [*a, *a]"],
)
def test_a_wrong_file_is_told_and_enters_nobody(content: bytes) -> None:
    """Every fault in words, no traceback, nothing half-entered, and no name repeated."""
    answer = enter(content)
    assert answer.status_code == 422
    assert "Nobody Secret" not in answer.content.decode()
    assert not Reviewer.objects.exists() and not ReviewerIdentity.objects.exists()


@pytest.mark.django_db
def test_an_identifier_stays_one_person() -> None:
    """Another person under a known identifier is refused, and nobody of the file is entered."""
    enter(FILE.read_bytes())
    register = read_bundle(EXAMPLES / "neck-cold-therapy").register
    assert register is not None
    other = FILE.read_bytes().replace(register.reviewers[-1].npi.encode(), b"1999999984")
    answer = enter(other)
    assert answer.status_code == 409 and "already somebody else" in answer.content.decode()


@pytest.mark.django_db
def test_only_credentialing_enters() -> None:
    """The medical director sees the register; only credentialing writes in it."""
    assert enter(FILE.read_bytes(), Role.MEDICAL_DIRECTOR).status_code == 403
    assert not Reviewer.objects.exists()
