"""The drug formulary: status, review before dispensing, and the fills without it. The list of drugs is made up."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.law import Confidence, Pack, Refused, load_pack
from evenhand.law.drug_list import DrugList, ListedDrug, read_drug_csv, read_drug_list
from evenhand.law.formulary import Drug, Prescribing, formulary_status
from evenhand.law.schema.formulary import DrugStatus
from evenhand.reading import BadFile

PACK = load_pack()
LIST = """
title: A made-up drug list
valid_from: 2018-01-01
valid_to: 2020-12-31
drugs:
  - {ingredient: samplidine, status: exempt}
  - {ingredient: examplol, status: non_exempt, special_fill: 4, perioperative_fill: 6}
  - {ingredient: plainol, status: non_exempt}
  - {ingredient: formax, dosage_form: topical, status: exempt}
  - {ingredient: formax, status: non_exempt}
"""
VISIT = date(2019, 11, 4)
INJURED = date(2019, 11, 1)
FACTS = Prescribing(in_accord=True, injured_on=INJURED, initial_visit=True, supply_days=4)


@pytest.fixture(scope="module")
def drugs(tmp_path_factory):
    """The made-up list, read from its file."""
    path = tmp_path_factory.mktemp("drugs") / "list.yaml"
    path.write_text(LIST, encoding="utf-8")
    return read_drug_list(path)


def ask(drugs, ingredient, facts=FACTS, on=VISIT, **drug):
    """The status of a drug under the made-up list."""
    return formulary_status(PACK, drugs, Drug(ingredient=ingredient, **drug), facts, on)


@pytest.mark.parametrize(
    ("ingredient", "more", "status"),
    [
        ("samplidine", {}, DrugStatus.EXEMPT),
        (" Samplidine ", {}, DrugStatus.EXEMPT),
        ("examplol", {}, DrugStatus.NON_EXEMPT),
        ("nonesuch", {}, DrugStatus.UNLISTED),
        ("samplidine", {"compounded": True}, DrugStatus.COMPOUNDED),
        ("formax", {"dosage_form": "Topical"}, DrugStatus.EXEMPT),
        ("formax", {"dosage_form": "oral"}, DrugStatus.NON_EXEMPT),
        ("examplol", {"dosage_form": "oral"}, DrugStatus.NON_EXEMPT),
        ("nonesuch", {"dosage_form": "oral"}, DrugStatus.UNLISTED),
    ],
)
def test_status(drugs, ingredient, more, status):
    """A drug is exempt or non-exempt as listed, by its form where the list tells forms apart; else unlisted; a compound is
    a compound."""
    found = ask(drugs, ingredient, **more)
    assert found.status is status and found.citation and found.steps


@pytest.mark.parametrize(
    ("ingredient", "facts", "more", "needed"),
    [
        ("samplidine", FACTS, {}, False),
        ("samplidine", replace(FACTS, in_accord=False), {}, True),
        ("samplidine", FACTS, {"brand": True}, True),
        ("samplidine", FACTS, {"brand": True, "has_generic": False}, False),
        ("samplidine", FACTS, {"brand": True, "brand_justified": True}, False),
        ("plainol", FACTS, {}, True),
        ("nonesuch", FACTS, {}, True),
        ("samplidine", FACTS, {"compounded": True}, True),
    ],
)
def test_review_before_dispensing(drugs, ingredient, facts, more, needed):
    """Only an exempt drug in accord with the schedule, and no brand that could be avoided, needs no review."""
    found = ask(drugs, ingredient, facts, **more)
    assert found.review_needed is needed
    assert found.steps[-1].startswith("It needs review" if needed else "No review is needed")


@pytest.mark.parametrize(
    ("change", "on", "is_open", "words"),
    [
        ({}, "2019-11-01", True, ""),
        ({}, "2019-11-08", True, ""),
        ({}, "2019-11-09", False, "day 8"),
        ({}, "2019-10-31", False, "day -1"),
        ({"supply_days": 5}, "2019-11-04", False, "more than the 4 days"),
        ({"initial_visit": False}, "2019-11-04", False, "initial visit"),
        ({"in_accord": False}, "2019-11-04", False, "in accord"),
        ({"contract_allows": True, "supply_days": 30}, "2019-12-24", True, ""),
        ({"contract_allows": True, "in_accord": False}, "2019-11-04", False, "in accord"),
    ],
)
def test_special_fill(drugs, change, on, is_open, words):
    """A marked drug at the single first visit within seven days of the injury, the day after it being day 1, in the supply
    listed; a contract may widen days and supply, never the other conditions."""
    found = ask(drugs, "examplol", replace(FACTS, **change), date.fromisoformat(on))
    (fill,) = [each for each in found.fills if each.name == "special_fill"]
    assert fill.open is is_open and words in " ".join(fill.lacks)
    assert (found.fill, found.review_needed) == (("special_fill", False) if is_open else (None, True))
    assert not is_open or "9792.27.12" in found.citation


@pytest.mark.parametrize(
    ("on", "supply", "is_open"),
    [
        ("2019-11-26", 6, True),
        ("2019-11-25", 6, False),
        ("2019-12-04", 6, True),
        ("2019-12-05", 6, False),
        ("2019-11-30", 7, False),
        ("2019-11-30", 1, True),
    ],
)
def test_perioperative_fill(drugs, on, supply, is_open):
    """A marked drug from four days before to four days after surgery, the day of surgery being day 0; no first visit is
    asked for."""
    facts = Prescribing(in_accord=True, surgery_on=date(2019, 11, 30), supply_days=supply)
    found = ask(drugs, "examplol", facts, date.fromisoformat(on))
    assert (found.fill == "perioperative_fill") is is_open
    assert found.confidence is Confidence.READ


def test_a_drug_without_the_mark_has_no_fill(drugs):
    """A non-exempt drug that the list does not mark needs review however soon it is prescribed; a contract may allow more
    drugs."""
    found = ask(drugs, "plainol")
    assert all("does not mark" in " ".join(fill.lacks) for fill in found.fills)
    assert ask(drugs, "plainol", replace(FACTS, contract_allows=True)).fill == "special_fill"


@pytest.mark.parametrize(
    ("supply", "on", "fill"),
    [(7, "2019-11-08", "physician_dispensed"), (8, "2019-11-08", None), (7, "2019-11-09", None)],
)
def test_a_physician_dispenses_seven_days_of_an_exempt_drug(drugs, supply, on, fill):
    """What the physician dispenses of an exempt drug is free only for seven days, at the first visit within seven days."""
    facts = replace(FACTS, physician_dispensed=True, supply_days=supply)
    found = ask(drugs, "samplidine", facts, date.fromisoformat(on))
    assert (found.fill, found.review_needed) == (fill, fill is None)


def test_what_nobody_has_said_is_asked_and_not_assumed(drugs):
    """Without the facts a review is needed, and every fact that might spare it is asked for once."""
    found = ask(drugs, "examplol", Prescribing())
    assert found.review_needed and found.fill is None
    assert len(found.missing) == len(set(found.missing)) == 5
    assert any("day of the surgery" in words for words in found.missing)
    assert any("days of supply" in words for words in found.missing)
    assert ask(drugs, "samplidine", Prescribing()).missing == (
        "Not said: The use of the drug is in accord with the MTUS.",
    )


def test_marks(drugs):
    """What the legend says is read; that compounds need authorization, and how a physician's dispensing fits, is not."""
    assert ask(drugs, "plainol").confidence is Confidence.READ
    assert ask(drugs, "x", compounded=True).confidence is Confidence.GENERAL_KNOWLEDGE
    assert ask(drugs, "x", compounded=True).caution
    assert ask(drugs, "samplidine").confidence is Confidence.DEDUCED
    assert "deduced" in ask(drugs, "examplol").caution


def test_before_the_formulary_it_is_refused(drugs):
    """A prescription of 2017 is refused with the day on which the formulary began."""
    with pytest.raises(Refused, match="2018-01-01"):
        ask(drugs, "samplidine", on=date(2017, 12, 31))


@pytest.mark.parametrize("on", [date(2021, 1, 1), date(2018, 1, 1)])
def test_a_drug_list_has_its_days(drugs, on):
    """A list that was not in force on the day is refused; the list of the day is asked for."""
    later = replace(drugs, valid_from=date(2018, 7, 1))
    with pytest.raises(Refused, match="Supply the list of that day"):
        later.find("samplidine", None, on)
    with pytest.raises(Refused, match=r"from 2018-07-01, not"):
        replace(later, valid_to=None).find("samplidine", None, date(2018, 6, 30))


def test_a_form_that_matters_must_be_said(drugs):
    """Where the list tells forms apart, a drug without its form is refused with the forms."""
    with pytest.raises(Refused, match="topical, any other"):
        ask(drugs, "formax")


CSV = (
    "ingredient,dosage_form,status,special_fill,perioperative_fill\nexamplol,,non_exempt,4,6\nformax,topical,exempt,,\n"
)


def test_a_list_as_csv(tmp_path):
    """A list may be a table; its title and days are given beside it."""
    path = tmp_path / "list.csv"
    path.write_text(CSV, encoding="utf-8")
    found = read_drug_csv(path, title="A list", valid_from=date(2018, 1, 1))
    assert found == DrugList(
        title="A list",
        valid_from=date(2018, 1, 1),
        drugs=(
            ListedDrug(ingredient="examplol", status=DrugStatus.NON_EXEMPT, special_fill=4, perioperative_fill=6),
            ListedDrug(ingredient="formax", dosage_form="topical", status=DrugStatus.EXEMPT),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("examplol,,non_exempt", "examplol,,sometimes", "status"),
        ("examplol,,non_exempt", "examplol,,unlisted", "'exempt' or 'non_exempt'"),
        ("formax,topical", "Examplol,", "stands twice"),
        (",4,6", ",four,6", "special_fill"),
        (",4,6", ",4,6,7", "None"),
        ("ingredient,", "name,", "ingredient"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path, old, new, words):
    """A status that is none, a drug that stands twice, words for numbers and columns nobody knows are told."""
    path = tmp_path / "list.csv"
    path.write_text(CSV.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile, match=words):
        read_drug_csv(path, title="A list", valid_from=date(2018, 1, 1))


def test_a_list_that_is_no_text_is_refused(tmp_path):
    """A file that is not there or is no text gives one clear line."""
    (tmp_path / "list.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("list.csv", "none.csv"):
        with pytest.raises(BadFile, match="cannot be read"):
            read_drug_csv(tmp_path / name, title="A list", valid_from=date(2018, 1, 1))


def test_what_is_wrong_with_a_fill():
    """A fill that ends before it begins, or has two supplies or none, is a fault of the file."""
    (fill,) = PACK.law.fills["special_fill"].versions
    assert list(fill.faults()) == []
    assert "before it begins" in next(replace(fill, last_day=-1).faults())
    assert "supply_days" in next(replace(fill, mark=None).faults())
    assert "supply_days" in next(replace(fill, supply_days=3).faults())
    assert "keep one" in next(replace(fill, unknown="For how long?").faults())
    (exempt,) = PACK.law.drug_statuses["exempt"].versions
    assert "keep" not in str(list(exempt.faults())) and "its text" in next(replace(exempt, text="").faults())


def test_a_fill_that_nobody_knows_is_not_open(drugs):
    """Where the days of a fill are an open question the fill is not open, and the question is asked."""
    (fill,) = PACK.law.fills["special_fill"].versions
    asked = replace(fill, mark=None, unknown="For how long?")
    assert list(asked.faults()) == []
    fills = {"special_fill": replace(PACK.law.fills["special_fill"], versions=(asked,))}
    pack = Pack(PACK.programme, law=replace(PACK.law, fills=fills), files={})
    found = formulary_status(pack, drugs, Drug(ingredient="examplol"), FACTS, VISIT)
    assert found.review_needed and found.missing == ("Not known: For how long?",)
