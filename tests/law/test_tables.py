"""Decision tables: complete, without dead lines, and asked with the facts that they name."""

from datetime import date

import pytest

from evenhand.law import Confidence, Refused, load_pack
from evenhand.law.schema import TableFact, TableLaw, TableRow, TableVersion
from evenhand.law.situations.tables import AnswerOn
from evenhand.law.tables import answer, combinations, fits, rows_of, table_faults

PACK = load_pack()
DAY = date(2015, 3, 10)


def table(*rows, **version):
    """A table of one version with these lines."""
    base = {"valid_from": date(2013, 1, 1), "citation": "C", "confidence": Confidence.READ}
    return TableLaw(
        title="Whether it rains",
        governed_by="the day",
        facts={
            "clouds": TableFact(asks="Are there clouds?"),
            "wind": TableFact(asks="Whence?", one_of=("east", "west")),
        },
        outcomes={"rain": "It rains.", "sun": "It shines."},
        versions=(TableVersion(**base | {"rows": rows} | version),),
    )


def test_every_table_of_the_pack_has_one_answer_for_every_combination_of_facts():
    """Whatever the facts, on the first day of every version there is an outcome or a question, with a citation."""
    for name, law in PACK.law.tables.items():
        for version in law.versions:
            for facts in combinations(law):
                found = answer(PACK, name, version.valid_from, **facts)
                assert (found.outcome is None) == (found.unknown is not None)
                assert found.citation and found.explanation.startswith(law.title)
                if version.unknown is None:
                    row = next(row for row in rows_of(law, version) if fits(row, facts))
                    assert found.outcome == row.then


@pytest.mark.parametrize(
    ("law", "words"),
    [
        (table(TableRow(when={"clouds": True}, then="rain")), "no line for clouds: false, wind: east"),
        (table(TableRow(then="sun"), TableRow(when={"clouds": True}, then="rain")), "rows[1] never holds"),
        (table(TableRow(when={"fog": True}, then="rain")), "asks for 'fog'"),
        (table(TableRow(when={"wind": "south"}, then="rain")), "allowed: east, west"),
        (table(TableRow(when={"clouds": "some"}, then="rain")), "allowed: true or false"),
        (table(TableRow(then="snow")), "outcome 'snow'"),
        (table(TableRow()), "either an outcome"),
        (table(TableRow(then="sun", unknown="Does it?")), "either an outcome"),
        (table(TableRow(then="sun", rule="umbrella")), "'umbrella'"),
        (table(TableRow(unknown="Does it?", rule="application")), "though it is an open question"),
        (table(), "needs its lines"),
        (table(TableRow(then="sun"), unknown="Does it rain?"), "needs its lines"),
        (table(as_before=True), "no lines above"),
    ],
)
def test_a_table_with_a_gap_or_a_dead_line_is_refused(law, words):
    """What a line names must be there, every combination needs a line, and every line a combination."""
    faults = list(table_faults(law, rules=("application",)))
    assert faults and all(number == 0 for number, _ in faults)
    assert words in " ".join(what for _, what in faults)


def test_a_sound_table_has_no_fault():
    """Lines from special to general, or an open question alone, are sound."""
    assert not list(table_faults(table(TableRow(when={"wind": "west"}, then="rain"), TableRow(then="sun")), rules=()))
    assert not list(table_faults(table(unknown="Does it rain?"), rules=()))


def test_a_question_of_a_whole_version_is_its_answer():
    """A version that is an open question answers every combination by it."""

    class Asked:
        """A pack of one table."""

        law = type("Law", (), {"tables": {"rain": table(unknown="Does it rain?")}})

    found = answer(Asked, "rain", DAY, clouds=True, wind="east")
    assert (found.outcome, found.unknown) == (None, "Does it rain?") and "Does it rain?" in found.explanation


def test_facts_that_a_table_does_not_know_are_refused():
    """A fact too many, one too few and one of the wrong kind are refused with what is asked; so is a time before the law."""
    with pytest.raises(Refused, match="weather"):
        answer(PACK, "remand", DAY, other_organization=True, other_reviewer=True, weather="fine")
    with pytest.raises(Refused, match="true or false"):
        answer(PACK, "remand", DAY, other_organization=True)
    with pytest.raises(Refused, match="evenly_split"):
        answer(PACK, "panel_decision", DAY, votes="most")
    with pytest.raises(Refused, match="remand"):
        answer(PACK, "remands", DAY)
    with pytest.raises(Refused, match="2013-01-01"):
        answer(PACK, "remand", date(2012, 1, 1), other_organization=True, other_reviewer=True)


def test_lines_with_marks_of_their_own_are_listed_as_unverified():
    """A line that is less sure than its version, and a line that is a question, stand in the list of what nobody verified."""
    listed = {(doubt.kind, doubt.name) for doubt in PACK.unverified()}
    assert ("tables", "faulty_ur_decision: row 2") in listed
    assert ("tables", "remand: row 3") in listed


def test_a_situation_about_a_table_expects_one_thing():
    """An outcome, an open question or a refusal; it tells of its table, and what is otherwise."""
    facts = {"other_organization": True, "other_reviewer": True}
    with pytest.raises(ValueError, match="exactly one"):
        AnswerOn(say="Nothing follows.", table="remand", day=DAY, facts=facts)
    wrong = AnswerOn(
        say="Another reviewer reviews.", table="remand", day=DAY, facts=facts, follows="another_reviewer", mark="read"
    )
    assert wrong.provisions == ("tables.remand",)
    assert len(wrong.faults(PACK)) == 2
