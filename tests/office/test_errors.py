"""The pages for what went wrong: each says what happened, why, what to do next; other words for the public and for staff."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.office.invented import corpus, empty, text
from tests.office.signed_in import client_of

from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.site import errors

__all__ = ["corpus", "empty"]


def asked() -> HttpRequest:
    """A request that came before anybody was looked for."""
    return RequestFactory().get("/somewhere/")


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (lambda: errors.bad_request(asked(), ValueError()), 400),
        (lambda: errors.bad_request(asked(), RequestDataTooBig()), 413),
        (lambda: errors.forbidden(asked()), 403),
        (lambda: errors.csrf_failed(asked(), reason="no cookie"), 403),
        (lambda: errors.not_found(asked()), 404),
        (lambda: errors.wrong_method(asked()), 405),
        (lambda: errors.too_many(asked()), 429),
        (lambda: errors.server_error(asked()), 500),
        (lambda: errors.unavailable(asked()), 503),
        (lambda: errors.unreadable_record(asked()), 503),
    ],
)
def test_page_of_every_error_says_what_why_and_what_next(response: object, status: int) -> None:
    """Without a user and without a database, every page has its number, a title, a reason and a next step."""
    assert callable(response)
    answer: HttpResponse = response()
    page = text(answer)
    assert answer.status_code == status
    assert f"Error {status}" in page
    assert "What to do next" in page
    assert page.count("<h1>") == 1


def test_refusal_is_told_in_its_own_words() -> None:
    """A refusal that stopped a view is shown as it is, also where a permission was denied with it."""
    refused = Refused(what="this page is for others", why="least privilege", next="ask a case manager")
    for answer in (errors.refused(asked(), refused), errors.forbidden(asked(), PermissionDenied(refused))):
        page = text(answer)
        assert answer.status_code == 403
        for words in ("This page is for others", "Least privilege.", "Ask a case manager."):
            assert words in page


def test_not_allowed_names_who_does_it() -> None:
    """Somebody who may not is told whom to ask."""
    page = text(errors.not_allowed(asked(), who=("case manager", "intake")))
    assert "This is done by: case manager, intake." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "there", "absent"),
    [(Role.INTAKE, "Your account", "Search the decisions"), (Role.WORKER, "Write to us", "Search the decisions")],
)
def test_who_is_signed_in_stays_on_the_own_pages(role: Role, there: str, absent: str) -> None:
    """Staff and parties who come to an address that is not there find ways into their own work."""
    page = text(client_of("somebody", role).get("/nowhere/"))
    assert "belongs to a case that is not open to you" in page
    assert there in page
    assert absent not in page


@pytest.mark.django_db
def test_party_on_a_page_of_the_office_is_told_who_may(corpus: object) -> None:
    """The page for the not allowed says that it is not open and for whom it is, and keeps the sign-out at hand."""
    response = client_of("worker", Role.WORKER).get("/ui/")
    assert response.status_code == 403
    assert "not open to you" in text(response)
    assert "Sign out" in text(response)


def test_wrong_method_is_a_page_and_says_what_is_allowed(corpus: object) -> None:
    """A form sent to a page that only reads gets words, and the header that names the methods stays."""
    response = Client().post("/about/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "nothing can be sent to it" in text(response)


def test_form_without_its_token_is_explained(corpus: object) -> None:
    """A form whose token is missing is refused in words that say what to do."""
    response = Client(enforce_csrf_checks=True).post("/about/")
    assert response.status_code == 403
    assert "load the page again" in text(response)


@pytest.mark.django_db
def test_database_that_is_away_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database does not answer, the page says so with 503 and that nothing was recorded."""
    client = client_of("looker", Role.INTAKE)

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("secret host")

    monkeypatch.setattr("evenhand.office.ui.views.samples", gone)
    response = client.get("/ui/")
    assert response.status_code == 503
    assert "was not recorded" in text(response)
    assert "secret host" not in text(response)
    assert connection.is_usable()
