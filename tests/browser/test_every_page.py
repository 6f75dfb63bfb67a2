"""Every address of the URL table and every form of an act, over the demonstration, in a real browser.

The lists come from the table and from the registry: a page that is added is opened here, or fails for want of a case.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from tests.browser.at_work import LOOKED_AT
from tests.browser.demonstration import Demo
from tests.browser.looking import by_keyboard, complaints, faults
from tests.office.addresses import Address, addresses

from evenhand.office.people.roles import PARTIES, PERMISSIONS, SEES, Role
from evenhand.office.site.staff.acts.registry import ACTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ALL = [address for address in addresses() if address.name != "act"]

# What an address of the demonstration ends in where it is no page of its own, and why. Whatever is not here must open.
INSTEAD: dict[str, tuple[int, str]] = {
    "invitation": (409, "the page for a link that is not good any more"),
    "socialaccount_login_error": (401, "the page for a directory that did not sign in"),
    "account_reauthenticate": (403, "nobody in the demonstration has a password to confirm; see test_signin"),
    "mfa_reauthenticate": (403, "nobody in the demonstration has a second factor; see test_signin"),
    "mfa_reauthenticate_webauthn": (403, "nobody in the demonstration has a passkey; see test_signin"),
    "mfa_deactivate_totp": (404, "nobody in the demonstration has an app; see test_signin"),
    "mfa_view_recovery_codes": (404, "nobody in the demonstration has recovery codes; see test_signin"),
    "mfa_download_recovery_codes": (404, "nobody in the demonstration has recovery codes; see test_signin"),
    "mfa_remove_webauthn": (404, "nobody in the demonstration has a passkey; see test_signin"),
    "mfa_edit_webauthn": (404, "nobody in the demonstration has a passkey; see test_signin"),
    "openid_connect_login": (404, "the demonstration has no directory"),
    "openid_connect_callback": (404, "the demonstration has no directory"),
    "paper_cover": (404, "no paper of the demonstration was served again"),
}
# A part of a page that htmx puts into one; the page is looked at whole.
PARTS = {"queue_count"}
# Letters: pages of paper in a sandbox in which no script runs; what they hold is looked at outside of it.
LETTERS = {"letter", "letter_preview"}
# Which case shows the most of a page, by the name of its plan.
CASES = {
    "letter": "demo-closed-back",
    "letter_preview": "demo-drafted",
    "draft_read": "demo-drafted",
    "selection": "demo-drafted",
    "my_case": "demo-closed-back",
    "my_paper": "demo-closed-back",
    "contacts": "demo-records-late",
}
FULLEST = "demo-closed-back"


def role_for(address: Address) -> Role | None:
    """Who opens the page: the first role that the rule names and that sees every part it needs."""
    rule = address.rule
    assert rule is not None, f"{address.name} has no rule"
    if rule.kind == "public":
        return None
    if rule.kind == "signed_in" or rule.roles is None:
        return Role.CASE_MANAGER
    fit = [role for role in Role if role in rule.roles and all(role in SEES[part] for part in rule.parts)]
    if not fit:
        raise AssertionError(f"{address.name}: no role of its rule sees what it needs")
    best = (Role.CASE_MANAGER, Role.SYSTEM_ADMINISTRATOR, Role.WORKER)
    return next((role for role in best if role in fit), fit[0])


def window_of(demo: Demo, role: Role | None, case: str) -> BrowserContext:
    """The window of somebody in the role who may see the case."""
    if role is None:
        return demo.outside()
    if role is Role.REVIEWER:
        reviewer = demo.one("select selected_reviewer from cases_case where number = ?", case)
        assert reviewer, f"case {case} has no reviewer"
        return demo.enter(role, str(reviewer))
    if role in PARTIES:
        sql = """select u.username from people_caseaccess a join people_user u on u.id = a.user_id
                 where a.case_number = ? and a.role = ?"""
        party = demo.one(sql, case, role.value)
        assert party, f"no {role.words} of case {case} has an account"
        return demo.enter(role, str(party))
    return demo.enter(role)


def case_of(demo: Demo, plan: str) -> str:
    """The number of the case that a plan made."""
    return str(demo.one("select number from cases_case where replay_of = ?", plan))


def where(demo: Demo, address: Address, case: str, role: Role | None) -> str:
    """The path of the page, filled in from what is in the demonstration."""
    key = f"(select id from cases_case where number = '{case}')"
    sought = {
        "notice": f"select number from correspondence_notice where case_id = {key} order by number",
        "page": f"select first_page from records_document where case_id = {key} and first_page is not null",
        "document": f"select id from records_document where case_id = {key}",
        "username": "select username from people_user where username like 'cases.%'",
        "batch": "select number from correspondence_printbatch",
    }
    named = {
        "number": case,
        "token": "not-a-token",
        "provider_id": "nobody",
        "pk": 1,
        "opened": 1,
        "act": "invite",
        "code": "EH011",
    }
    values = {name: demo.one(sought[name]) if name in sought else named.get(name) for name in address.parameters}
    if "address" in values:
        values["address"] = demo.one("select address from publishing_publication order by id")
    if address.name == "my_paper":  # a party sees the papers that went to it
        values["notice"] = demo.one(
            f"""select n.number from correspondence_notice n join cases_party p on p.id = n.party_id
                where n.case_id = {key} and p.role = 'employee'"""
        )
    missing = [name for name, value in values.items() if value is None]
    assert not missing, f"{address.name}: the demonstration has nothing for {missing}; say here where it is found"
    return reverse(address.name, kwargs=values)


def a_batch(demo: Demo) -> None:
    """Has the papers of the demonstration printed, if nobody did: by its own page."""
    if demo.one("select number from correspondence_printbatch") is None:
        page = demo.enter(Role.CASE_MANAGER).new_page()
        page.goto(demo.address + reverse("mailroom"))
        page.get_by_label("Examples played by a script").press("Space")
        page.get_by_role("button", name="Make").click()
        page.wait_for_url("**/batch**")
        page.close()


def fault_free(page: Page, path: str, said: list[str], *, letter: bool = False) -> None:
    """The page is held to everything at once, so that one run tells all that is wrong."""
    found = by_keyboard(page) + faults(page, own_style=letter) + said
    assert not found, "\n".join([f"{path}:", *found])


@pytest.mark.parametrize("address", ALL, ids=str)
def test_every_address_opens_and_is_fault_free(demo: Demo, address: Address) -> None:
    """As who may see it: axe at two widths, nothing over the edge, no complaint of the browser, all of it by keyboard."""
    role = role_for(address)
    if "batch" in address.parameters:
        a_batch(demo)
    case = case_of(demo, CASES.get(address.name, FULLEST))
    window = window_of(demo, role, case)
    path = where(demo, address, case, role)
    expected, _ = INSTEAD.get(address.name, (200, ""))
    first = window.request.get(demo.address + path)
    if first.status == 405:
        assert first.headers["allow"] == "POST", f"{path} can neither be opened nor sent"
        return
    assert first.status == expected, f"{path} as {role.words if role else 'anybody'}: {first.status}"
    kind = first.headers.get("content-type", "").partition(";")[0]
    if kind != "text/html" or address.name in PARTS:
        assert len(first.body()) > 2, f"{path} is empty"
        return
    page = window.new_page()
    with complaints(page) as said:
        page.goto(demo.address + path, wait_until="load")
        if address.name in LETTERS:
            assert "sandbox" in first.headers["content-security-policy"]
            page.route(demo.address + path, lambda route: route.fulfill(body=first.text(), content_type="text/html"))
            page.goto(demo.address + path, wait_until="load")
        fault_free(
            page, path, [one for one in said if f"status of {expected}" not in one], letter=address.name in LETTERS
        )
    page.close()


def open_cases(demo: Demo, act: str) -> list[str]:
    """Numbers of the cases whose state allows the act."""
    states = {str(state) for state in ACTS[act].states}
    found = demo.rows("select number, state, replay_of from cases_case order by opened_on desc")
    return [number for number, state, _ in found if state in states]


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_form_of_an_act_is_fault_free(demo: Demo, act: str) -> None:
    """As who may do it, in a case whose time for it has come: the page of the form is held to the same."""
    role = next(role for role in Role if role in PERMISSIONS[act])
    candidates = open_cases(demo, act)
    if act in LOOKED_AT:
        assert not candidates, f"{act} has a case in the demonstration now; take it off the list"
        return
    assert candidates, (
        f"{act}: no case of the demonstration is in a state for it; look at it in the staff day, or add one"
    )
    number = best_case(demo, act, role, candidates)
    window = window_of(demo, role, number)
    path = reverse("act", args=[number, act])
    page = window.new_page()
    with complaints(page) as said:
        answer = page.goto(demo.address + path, wait_until="load")
        assert answer is not None and answer.status == 200, f"{path} as {role.words}: {answer and answer.status}"
        assert page.locator("main form input[name=_once]").count() == 1, f"{path} has no form"
        fault_free(page, path, said)
    page.close()


def best_case(demo: Demo, act: str, role: Role, candidates: list[str]) -> str:
    """The case whose own page offers the act; where none does, the first in which its form can be opened."""
    if role is Role.REVIEWER:
        held = {str(number) for (number,) in demo.rows("select number from cases_case where selected_reviewer <> ''")}
        candidates = [number for number in candidates if number in held]
    for number in candidates:
        window = window_of(demo, role, number)
        if (
            reverse("act", args=[number, act])
            in window.request.get(demo.address + reverse("case", args=[number])).text()
        ):
            return number
    return candidates[0]


def test_every_door_of_the_demonstration_leads_in(demo: Demo) -> None:
    """Every role has a door, and behind each stands a page without a fault of the server."""
    roles = {role for _, role in demo.doors()}
    assert roles >= {role.value for role in Role} - {"representative"}
    for username, role in demo.doors():
        window = demo.enter(role, username)
        start = window.request.get(f"{demo.address}/account/")
        assert start.status == 200
        assert urlsplit(start.url).path == "/account/"
