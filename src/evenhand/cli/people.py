"""`evenhand people`: accounts of the office from the command line."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from evenhand.cli.office import database_option, refusals_explained

if TYPE_CHECKING:
    from evenhand.office.people.models import User

# The names of people/roles.py: importing them needs Django, and help must be quick. A test holds the two together.
ROLES = (
    "intake",
    "case_manager",
    "credentialing",
    "medical_director",
    "finance",
    "administrative_director",
    "auditor",
    "system_administrator",
)

site_option = click.option(
    "--site", default="http://127.0.0.1:8000", show_default=True, metavar="URL", help="Where people reach the office."
)


@click.group("people")
def command() -> None:
    """Accounts: open, invite, close.

    Each command is done as the first system administrator and logged as done by the system. In an empty office
    `evenhand people add NAME --role system_administrator` opens the first account.
    """


@command.command(
    "add",
    epilog="""\b
Examples:
  evenhand people add m.moreno --name "M. Moreno" --role system_administrator
  evenhand people add i.okafor --name "I. Okafor" --role intake --role case_manager
""",
)
@click.argument("username")
@click.option("--name", default="", help="Name of the person, as colleagues see it.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="Role; may be given several times.")
@site_option
@database_option
@refusals_explained
def add(username: str, name: str, roles: tuple[str, ...], site: str, database: str | None) -> None:
    """Open an account and print a one-time link for setting its password."""
    _open(database)
    from evenhand.office.people import actions
    from evenhand.office.people.models import User
    from evenhand.office.people.roles import Role
    from evenhand.office.refusals import Refused

    if User.objects.filter(username=username).exists():
        raise Refused(
            what=f"there is an account {username} already",
            why="an account is opened once",
            next=f"a new link: evenhand people invite {username}; roles are changed on the page Accounts",
        )
    user = actions.open_account(
        actor=actions.office_administrator(),
        username=username,
        name=name,
        roles=tuple(Role(role) for role in roles),
        on=_today(),
    )
    click.echo(f"Account {user.username} is open. Its one-time link, good for 24 hours:", err=True)
    click.echo(_link(user, site))


@command.command("invite", epilog="\b\nExample:\n  evenhand people invite m.moreno --site https://imr.example.org\n")
@click.argument("username")
@site_option
@database_option
@refusals_explained
def invite(username: str, site: str, database: str | None) -> None:
    """Print a one-time link with which the account's owner sets a password. Earlier links end."""
    _open(database, must_exist=True)
    click.echo(_link(_user(username), site))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
@database_option
@refusals_explained
def list_accounts(as_json: bool, database: str | None) -> None:
    """List accounts, their roles, and whether they can sign in."""
    _open(database, must_exist=True)
    from evenhand.office.people.queries import accounts

    found = accounts()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], default=str, indent=2, ensure_ascii=False))
        return
    for one in found:
        roles = ", ".join(role.value for role in one.roles) or "no role"
        click.echo(f"{one.username:<24}{_state(one.active, one.has_password, one.has_second_factor):<32}{roles}")


def _register(name: str, act: str, words: str, done: str) -> None:
    """A command that does one act of people/actions.py to one account, and says that it is done."""

    @command.command(name, help=words)
    @click.argument("username")
    @database_option
    @refusals_explained
    def run(username: str, database: str | None) -> None:
        _open(database, must_exist=True)
        from evenhand.office.people import actions

        getattr(actions, act)(actor=actions.office_administrator(), user=_user(username), on=_today())
        click.echo(done.format(username), err=True)


for _one in (
    (
        "deactivate",
        "deactivate_account",
        "Close an account. Its sessions and links end at once; what it did stays.",
        "Account {} is closed.",
    ),
    ("reactivate", "reactivate_account", "Open a closed account again.", "Account {} is open again."),
    (
        "reset-mfa",
        "reset_second_factor",
        "Remove the second factor of somebody who lost it, and end the sessions.",
        "{} sets up a new second factor at the next sign-in.",
    ),
    ("unlock", "unlock_account", "End a lock-out after failed sign-ins before its time.", "{} is no longer locked."),
):
    _register(*_one)


def _open(database: str | None, *, must_exist: bool = False) -> None:
    from evenhand.office.opening import open_office

    open_office(database, must_exist=must_exist)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _user(username: str) -> User:
    from evenhand.office.people.models import User
    from evenhand.office.refusals import Refused

    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(
            what=f"there is no account {username}",
            why="only accounts of this office are known",
            next="see them with `evenhand people list`",
        )
    return user


def _link(user: User, site: str) -> str:
    from django.urls import reverse

    from evenhand.office.people import actions

    token = actions.invite(actor=actions.office_administrator(), user=user, on=_today())
    return site.rstrip("/") + reverse("invitation", args=(token,))


def _state(active: bool, has_password: bool, has_second_factor: bool) -> str:
    if not active:
        return "closed"
    if not has_password:
        return "no password yet"
    return "open" if has_second_factor else "open, no second factor"
