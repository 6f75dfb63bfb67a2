"""How well requests are read, measured against labels that a person made: real letters' items, and wordings of our own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.treatments import command
from evenhand.reading import BadFile
from evenhand.treatments import UNCLASSIFIED, describe
from evenhand.treatments.score import FIELDS, Score, read_labels
from evenhand.treatments.vocabulary import categories

HERE = Path(__file__).parent
LETTERS, WORDINGS = HERE / "labels.csv", HERE / "wordings.csv"
LEAST = 0.95
MOST_UNCLASSIFIED = 0.10


def _misses(score: Score) -> str:
    return "\n".join(f"{m.name} {m.field}: labelled {m.labelled}, read {m.read}" for m in score.misses)


def _hold(score: Score) -> None:
    assert score.items
    weak = {name: tally.weakest for name, tally in score.fields.items() if tally.weakest < LEAST}
    assert not weak, f"{weak}\n{_misses(score)}"
    assert score.unclassified <= MOST_UNCLASSIFIED * score.items


@pytest.mark.parametrize("rest", [0, 1], ids=["even case numbers", "odd case numbers"])
def test_the_items_of_real_letters_are_read_as_labelled(shared: Path, rest: int) -> None:
    """Every field of the real letters' items reaches the goal: on the letters that rules were written on, and the others."""
    texts: dict[tuple[str, int], str] = {}
    for path in (shared / "letters").glob("CM*.json"):
        letter = json.loads(path.read_text(encoding="utf-8"))
        texts |= {(letter["case_number"], number): item["item"] for number, item in enumerate(letter["items"], 1)}
    labels = read_labels(LETTERS)
    assert {(label.case, label.item) for label in labels} == set(texts)
    score = Score()
    for label in labels:
        if int(label.case[-1]) % 2 == rest:
            score.add(label, describe(texts[label.case, label.item]))
    _hold(score)


def test_the_labels_of_real_letters_hold_no_wording() -> None:
    """Of a real letter the repository holds the case number, the item's number and labels: never a sentence."""
    assert {label.text for label in read_labels(LETTERS)} == {""}


def test_wordings_of_our_own_are_read_as_labelled() -> None:
    """Every field reaches the goal on the wordings that stand for what the real letters at hand lack."""
    score = Score()
    for label in read_labels(WORDINGS):
        score.add(label, describe(label.text))
    _hold(score)


def test_each_category_is_asked_for_and_known() -> None:
    """Each category of the published list is labelled in several wordings, and nearly all of its requests are known."""
    labelled, right = Counter[str](), Counter[str]()
    for label in read_labels(WORDINGS):
        (category,) = label.values["category"]
        labelled[category] += 1
        right[category] += describe(label.text).category == category
    assert {each.name for each in categories("ca_dwc").categories} | {UNCLASSIFIED} == set(labelled)
    for category in set(labelled) - {UNCLASSIFIED}:
        assert labelled[category] >= 5, category
        assert right[category] / labelled[category] >= LEAST, category


def test_labels_are_values_of_the_published_list() -> None:
    """A label says nothing that the list under which decisions are published does not know."""
    listed = {each.name: each for each in categories("ca_dwc").categories}
    for label in (*read_labels(LETTERS), *read_labels(WORDINGS)):
        (category,) = label.values["category"]
        if category == UNCLASSIFIED:
            continue
        assert label.values["sub_category"] <= set(listed[category].sub_categories), label.name
        assert label.values["drug_class"] <= set(listed[category].drug_classes), label.name


def test_a_miss_names_item_and_field(tmp_path: Path) -> None:
    """What is read otherwise than labelled is counted as invented or overlooked, and named."""
    path = _labels(tmp_path, "Ibuprofen 600mg #90", category="Pharmaceuticals", quantity="60")
    (label,) = read_labels(path)
    score = Score()
    score.add(label, describe(label.text))
    quantity, frequency = score.fields["quantity"], score.fields["frequency"]
    assert (quantity.found, quantity.invented, quantity.overlooked, quantity.share) == (0, 1, 1, 0.0)
    assert (frequency.precision, frequency.recall, frequency.weakest) == (None, None, 1.0)
    assert ("1", "quantity", ("60",), ("90",)) in {(m.name, m.field, m.labelled, m.read) for m in score.misses}


def test_a_file_that_holds_no_labels_is_refused(tmp_path: Path) -> None:
    """A missing column and an item without a number are named with their line."""
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadFile, match="the column item is missing"):
        read_labels(tmp_path / "other.csv")
    path = _labels(tmp_path, "MRI", item="first", category="Diagnostic Testing")
    with pytest.raises(BadFile, match=r"line 2.*'first' is no number"):
        read_labels(path)


def test_the_command_tells_the_facts_of_a_request() -> None:
    """`evenhand treatments describe` prints a line a fact, or JSON with every field."""
    told = CliRunner().invoke(command, ["describe", "Retrospective Norco 10/325mg #60 (DOS 3/1/16)"])
    assert told.exit_code == 0
    assert "  drug class: Opioids\n  drugs: hydrocodone\n  quantity: 60\n" in told.stdout
    assert "retrospective dates: 2016-03-01" in told.stdout
    as_json = CliRunner().invoke(command, ["describe", "--json", "Left knee brace", "TENS unit"])
    assert [each["category"] for each in json.loads(as_json.stdout)] == ["DMEPOS", "DMEPOS"]


def test_the_command_scores_labels(tmp_path: Path) -> None:
    """`evenhand treatments score` prints the table and the misses; a field below the least share is exit code 1."""
    good = CliRunner().invoke(command, ["score", str(WORDINGS)])
    assert good.exit_code == 0
    assert good.stdout.startswith("field ")
    wrong = _labels(tmp_path, "MRI of the left knee", category="Surgery")
    bad = CliRunner().invoke(command, ["score", str(wrong), "--json"])
    assert bad.exit_code == 1
    assert {miss["field"] for miss in json.loads(bad.stdout)["misses"]} >= {"category", "body_parts", "side"}


def test_a_labelled_item_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Labels of letters that are not in the folder are told on standard error, with exit code 1."""
    (tmp_path / "letters").mkdir()
    labels = _labels(tmp_path, "", case="CM16-0999001", category="Surgery")
    told = CliRunner().invoke(command, ["score", str(labels), str(tmp_path / "letters")])
    assert told.exit_code == 1
    assert "CM16-0999001/1" in told.stderr


def _labels(folder: Path, text: str, *, case: str = "", item: str = "1", **values: str) -> Path:
    """A labels file with one item."""
    path = folder / "labels.csv"
    row = [case, item, text, *(values.get(name, "") for name in FIELDS)]
    path.write_text(f"case,item,text,{','.join(FIELDS)}\n{','.join(row)}\n", encoding="utf-8")
    return path
