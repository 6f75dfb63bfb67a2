"""Signing in through a directory (OpenID Connect): a real small provider on this machine, nothing of the library replaced."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.office.directory import CLIENT, SECRET, Directory, running
from tests.office.signed_in import client_of
from tests.office.signing import kinds, set_up_app, sign_in, with_password

from evenhand.bundles.bundle import StaffRole
from evenhand.office.events.chain import Actor
from evenhand.office.people import oidc
from evenhand.office.people.models import User
from evenhand.reading import BadFile

Staff = dict[StaffRole, Actor]


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="module")
def provider() -> Iterator[Directory]:
    """One provider for all tests here."""
    with running() as directory:
        yield directory


@pytest.fixture
def directory(provider: Directory, settings: Any, tmp_path: Path) -> Directory:
    """The provider, configured by a file, its person and its token as they should be."""
    provider.claims, provider.token = {"preferred_username": "a.intake"}, {}
    (tmp_path / "secret").write_text(SECRET + "\n", encoding="utf-8")
    entry = {"name": "State directory", "issuer": provider.issuer, "client_id": CLIENT, "client_secret_file": "secret"}
    (tmp_path / "oidc.json").write_text(json.dumps({**entry, "trusted_amr": ["mfa"]}), encoding="utf-8")
    known = oidc.directories({"EVENHAND_OIDC": str(tmp_path / "oidc.json")})
    settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(known)
    return provider


def enter(client: Client, query: str = "") -> HttpResponse:
    """From the button of the sign-in page through the provider and back."""
    out = client.get(f"/account/directory/state-directory/{query}")
    assert out.status_code == 302, out.content.decode()
    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(_Stays).open(out.url)
    back = urlsplit(sent.value.headers["Location"])
    assert back.path == "/account/directory/state-directory/back/"
    return client.get(f"{back.path}?{back.query}")


@pytest.mark.django_db
def test_the_sign_in_page_has_a_button_only_where_one_is_configured(directory: Directory, settings: Any) -> None:
    """With its name; without configuration there is neither a button nor an address."""
    assert b"Sign in with State directory" in Client().get("/account/login/").content
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert b"directory" not in Client().get("/account/login/").content
    assert Client().get("/account/directory/state-directory/").status_code == 404


@pytest.mark.django_db
def test_an_existing_account_enters_and_our_second_factor_is_asked_for(staff: Staff, directory: Directory) -> None:
    """A directory that vouches for no second factor of its own leaves ours to be given, or to be set up."""
    client = Client()
    assert enter(client).status_code == 302
    assert client.get("/account/").url == "/account/second-factor/"
    with_password("a.intake")
    other = Client()
    sign_in(other, "a.intake")
    set_up_app(other)
    again = Client()
    assert enter(again).url == "/account/second-factor/code/"
    assert again.get("/account/").status_code == 302


@pytest.mark.django_db
def test_a_second_factor_of_the_directory_counts_where_it_is_trusted(staff: Staff, directory: Directory) -> None:
    """The token names a trusted method: nothing more is asked. Another method is not enough."""
    directory.token = {"amr": ["pwd", "mfa"]}
    trusted = Client()
    enter(trusted)
    assert trusted.get("/account/").status_code == 200
    assert kinds()[-1] == "signed_in"
    directory.token = {"amr": ["pwd"]}
    client = Client()
    enter(client)
    assert client.get("/account/").url == "/account/second-factor/"


@pytest.mark.django_db
@pytest.mark.parametrize("claims", [{"preferred_username": "stranger"}, {}, {"preferred_username": ["a.intake"]}])
def test_nobody_is_created(staff: Staff, directory: Directory, claims: dict[str, Any]) -> None:
    """Whoever has no account here is told so; no account, no event of entering."""
    directory.claims = claims
    before = User.objects.count()
    client = Client()
    answer = enter(client)
    assert answer.status_code == 403 and b"no open account" in answer.content
    assert User.objects.count() == before and "signed_in" not in kinds()
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_a_closed_account_does_not_enter(staff: Staff, directory: Directory) -> None:
    """Closing an account here is enough, whatever the directory says."""
    User.objects.filter(username="a.intake").update(is_active=False)
    assert enter(Client()).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"aud": "another"}, {"iss": "https://elsewhere.example"}, {"exp": 1}])
def test_a_token_that_is_not_for_us_opens_nothing(staff: Staff, directory: Directory, wrong: dict[str, Any]) -> None:
    """Another audience, another issuer, out of date: a page in words, no session."""
    directory.token = wrong
    client = Client()
    answer = enter(client)
    assert answer.status_code == 401 and b"did not let you in" in answer.content
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_an_answer_that_nobody_asked_for_opens_nothing(staff: Staff, directory: Directory) -> None:
    """A code without the state of this browser (somebody else's link) is refused."""
    answer = Client().get("/account/directory/state-directory/back/?code=x&state=y")
    assert answer.status_code in {401, 403}


@pytest.mark.django_db
def test_nothing_of_the_directory_is_kept(staff: Staff, directory: Directory) -> None:
    """Name, address and token of the directory are not stored."""
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    directory.claims = {"preferred_username": "a.intake", "email": "somebody@example.org", "email_verified": True}
    enter(Client())
    assert not (SocialAccount.objects.exists() or SocialToken.objects.exists() or EmailAddress.objects.exists())


@pytest.mark.django_db
@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_the_librarys_other_ways_lead_nowhere(staff: Staff, directory: Directory, process: str) -> None:
    """An account cannot be tied to somebody of the directory; the claim alone says who one is."""
    from allauth.socialaccount.models import SocialAccount

    client = client_of("a.auditor", "auditor")
    assert enter(client, f"?process={process}&next=/about/").url == "/account/login/"
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("written", "match"),
    [
        ("{", "not JSON"),
        ('{"name": "x"}', "needs name, issuer"),
        ('{"name": "x", "issuer": "http://id.example", "client_id": "c", "client_secret_file": "s"}', "https"),
        ('{"name": "x", "issuer": "https://id.example", "client_id": "c", "client_secret_file": "s"}', "secret"),
        (
            '{"name": "x", "issuer": "https://i.example", "client_id": "c", "client_secret_file": "s", "a": 1}',
            "knows a",
        ),
    ],
)
def test_a_configuration_that_cannot_be_meant_is_told_in_words(tmp_path: Path, written: str, match: str) -> None:
    """What is wrong with the file, before anything is served."""
    (tmp_path / "oidc.json").write_text(written, encoding="utf-8")
    with pytest.raises(BadFile, match=match):
        oidc.directories({"EVENHAND_OIDC": str(tmp_path / "oidc.json")})


def test_one_directory_can_stand_in_the_environment(tmp_path: Path) -> None:
    """The variables say the same as the file."""
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    (known,) = oidc.directories(
        {
            "EVENHAND_OIDC_NAME": "County of Elsewhere",
            "EVENHAND_OIDC_ISSUER": "https://id.example.gov/",
            "EVENHAND_OIDC_CLIENT_ID": "evenhand",
            "EVENHAND_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
            "EVENHAND_OIDC_TRUSTED_AMR": "mfa,hwk",
        }
    )
    assert (known.id, known.issuer, known.trusted_amr) == (
        "county-of-elsewhere",
        "https://id.example.gov",
        ("mfa", "hwk"),
    )
    assert oidc.directories({}) == ()
