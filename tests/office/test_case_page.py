"""The case page: what may happen next and by whom, each part to whom it is open, few statements, nothing unescaped."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.office.signed_in import client_of

from evenhand.office.cases.models import Case
from evenhand.office.people.roles import STAFF, Role


def page_of(case: Case, role: Role) -> str:
    """The case page as a role sees it."""
    answer = client_of(f"a.{role.value}", role).get(reverse("case", args=[case.number]))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize("role", sorted(STAFF - {Role.REVIEWER}))
def test_every_staff_role_has_its_page(case: Case, role: Role) -> None:
    """Whoever works in the office sees where the case stands and who acts next."""
    page = page_of(case, role)
    assert "What may happen next" in page
    assert ("Screen for eligibility" in page) and (("/do/screen_application/" in page) == (role is Role.INTAKE))
