"""Parties move, take another attorney, or the claim passes to another claims administrator: the forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.law.facts import Address, Attorney, ClaimsAdministrator, PartyRole
from evenhand.office.cases.queries import notified
from evenhand.office.correspondence import actions
from evenhand.office.people.actions import open_party_account
from evenhand.office.people.roles import Part, Role
from evenhand.office.site.staff.acts.fields import day, line
from evenhand.office.site.staff.acts.form import EVER, ActForm, Stage
from evenhand.office.site.staff.acts.law import Follow, LawLine, rule_line
from evenhand.office.site.staff.served import unkept


class _WithAddress(ActForm):
    """Fields of a postal address, and how else somebody is reached."""

    stage = Stage.PARTIES
    states = EVER
    routine = False
    parts = frozenset({Part.PARTIES})
    street = line("Street", required=False)
    city = line("City", required=False, most=100)
    state = line("State", "Two letters: CA", required=False, most=40)
    zip = line("ZIP code", required=False, most=20)
    country = line("Country", "Two letters; US unless another.", required=False, most=40)
    phone = line("Telephone", required=False, most=40)
    fax = line("Fax", required=False, most=40)
    email = forms.EmailField(label="E-mail", required=False, max_length=200)

    needs_address = True

    def address(self) -> Address | None:
        """The address as entered; none where all of it is empty."""
        said = self.cleaned_data
        given = {name: said.get(name, "") for name in ("street", "city", "state", "zip")}
        return Address(**given, country=said.get("country") or "US") if all(given.values()) else None

    def check_address(self) -> None:
        """Whole, or not at all."""
        said = self.cleaned_data
        names = ("street", "city", "state", "zip")
        given = [name for name in names if said.get(name)]
        if given or self.needs_address:
            for name in names:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "An address needs street, city, state and ZIP code.")


class ChangeAddress(_WithAddress):
    """change_address."""

    name = "change_address"
    title = "Change how a party is reached"
    button = "Keep the change"
    needs_address = False
    party = forms.TypedChoiceField(label="Party", coerce=int)
    from_on = day("From", "Papers served on an earlier day went, and go, to the earlier address.", future=True)
    field_order = ("party", "from_on")

    def prepare(self) -> None:
        """The parties; with one chosen, what stands now."""
        rows = notified(self.case)
        choices = [("", "Choose"), *((p.pk, f"{p.role.replace('_', ' ')}: {p.name}") for p in rows)]
        self.offer("party", choices)
        row = next((p for p in rows if str(p.pk) == self.asked.get("party", "")), None)
        for name in ("phone", "fax", "email"):
            self.fields[name].help_text = (
                "Left as it is here; empty takes it away." if row else "Empty leaves it as it is."
            )
            self.fields[name].initial = getattr(row, name) if row else ""
        self.fields["street"].help_text = "Leave the address empty where only telephone, fax or e-mail change."

    def clean(self) -> dict[str, Any]:
        """A whole address or none."""
        self.check_address()
        return self.cleaned_data

    def perform(self) -> str:
        """What stood before stays in the history."""
        said = self.cleaned_data
        known = bool(self.asked.get("party"))
        reached = {name: said[name] if known or said[name] else None for name in ("phone", "fax", "email")}
        actions.change_address(
            actor=self.actor,
            case=self.case,
            party=said["party"],
            from_on=said["from_on"],
            address=self.address(),
            **reached,
        )
        return "The change was kept. Papers go there from that day on."


class ChangeAttorney(_WithAddress):
    """change_attorney."""

    name = "change_attorney"
    title = "Another attorney, or none"
    button = "Keep the change"
    leaves = forms.BooleanField(label="The employee has no attorney any more", required=False)
    attorney = line("Name of the attorney", required=False)
    firm = line("Firm", required=False)
    proof_on = day("Proof of representation dated", "Without it no papers go to an attorney.", required=False)
    from_on = day("From", "From this day the papers go to the new one, and no more to the former.")
    told_on = day("The office was told on", "The day on which the notice of it came.")
    field_order = ("leaves", "attorney", "firm", "proof_on")

    def clean(self) -> dict[str, Any]:
        """Nobody, or somebody whole."""
        said = self.cleaned_data
        if said.get("leaves"):
            return said
        for name in ("attorney", "firm", "phone", "proof_on"):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, "A new attorney needs it. If nobody comes, mark that the employee has none.")
        self.check_address()
        return said

    def perform(self) -> str:
        """The former gets no more notices and no longer sees the case."""
        said = self.cleaned_data
        new = None
        if not said["leaves"]:
            place = self.address()
            assert place is not None  # clean has seen to it
            new = Attorney(
                name=said["attorney"],
                firm=said["firm"],
                address=place,
                phone=said["phone"],
                fax=said["fax"] or None,
                email=said["email"] or None,
                proof_of_representation_on=said["proof_on"],
            )
        change = actions.change_attorney(
            actor=self.actor, case=self.case, attorney=new, from_on=said["from_on"], told_on=said["told_on"]
        )
        look = " Somebody has to look at the reviewer's ties to the new party." if change.screening_needed else ""
        return f"The change was kept.{look}"


class ChangeAdministrator(_WithAddress):
    """change_claims_administrator."""

    name = "change_claims_administrator"
    title = "Another claims administrator"
    button = "Keep the change"
    company = line("Company")
    contact_name = line("Contact")
    changed_on = day("The claim passed on", "What the former one still owed, the new one owes by the same day.")
    told_on = day("The office was told on", "It has to be told in time.")
    field_order = ("company", "contact_name", "changed_on", "told_on")

    def clean(self) -> dict[str, Any]:
        """With address and telephone."""
        if not self.cleaned_data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "A claims administrator needs a telephone number.")
        self.check_address()
        return self.cleaned_data

    def law(self) -> list[LawLine | None]:
        """The duty to tell."""
        return [rule_line(self.case, "administrator_change_notice", self.day("changed_on"))]

    def perform(self) -> str:
        """Duties and papers pass over."""
        said = self.cleaned_data
        place = self.address()
        assert place is not None  # clean has seen to it
        new = ClaimsAdministrator(
            company=said["company"],
            contact_name=said["contact_name"],
            address=place,
            phone=said["phone"],
            fax=said["fax"] or None,
            email=said["email"] or None,
        )
        change = actions.change_claims_administrator(
            actor=self.actor, case=self.case, administrator=new, changed_on=said["changed_on"], told_on=said["told_on"]
        )
        look = " Somebody has to look at the reviewer's ties to the new party." if change.screening_needed else ""
        return f"The change was kept; what was owed passes over.{look}"


ACCOUNT_OF = {
    PartyRole.EMPLOYEE: Role.WORKER,
    PartyRole.ATTORNEY: Role.ATTORNEY,
    PartyRole.REPRESENTATIVE: Role.REPRESENTATIVE,
    PartyRole.REQUESTING_PHYSICIAN: Role.REQUESTING_PHYSICIAN,
    PartyRole.CLAIMS_ADMINISTRATOR: Role.CLAIMS_ADMINISTRATOR,
}


class OpenPartyAccount(ActForm):
    """open_party_account."""

    name = "open_party_account"
    title = "Open an account for a party"
    stage = Stage.PARTIES
    states = EVER
    routine = False
    parts = frozenset({Part.PARTIES})
    button = "Open the account"
    party = forms.TypedChoiceField(
        label="Party", coerce=int, help_text="An employer has no account: it learns nothing here."
    )
    on = day("Opened on", "From this day the party sees its own case and its own papers, and nothing of others.")

    def prepare(self) -> None:
        """The parties who get papers."""
        rows = [p for p in notified(self.case) if p.role in ACCOUNT_OF]
        self.offer("party", [("", "Choose"), *((p.pk, f"{p.role.replace('_', ' ')}: {p.name}") for p in rows)])

    def follows(self) -> list[Follow]:
        """A link that is shown once."""
        return [Follow(text="A one-time link is shown to you, once. Give it to the party and to nobody else.")]

    def perform(self) -> HttpResponse:
        """The link is shown on a page of its own and is kept nowhere."""
        row = self.case.parties.get(pk=self.cleaned_data["party"])
        user, token = open_party_account(
            actor=self.actor,
            case=self.case,
            role=ACCOUNT_OF[PartyRole(row.role)],
            name=row.name,
            on=self.cleaned_data["on"],
            party=row.pk,
        )
        assert self.request is not None  # the view has set it
        link = self.request.build_absolute_uri(reverse("invitation", args=(token,)))
        context = {"case": self.case, "party": row, "user": user, "link": link}
        return unkept(render(self.request, "case/party_account.html", context))


FORMS: tuple[type[ActForm], ...] = (ChangeAddress, ChangeAttorney, ChangeAdministrator, OpenPartyAccount)
