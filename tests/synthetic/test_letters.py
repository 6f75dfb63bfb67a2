"""Made-up letters of five layouts come back as they were made: reconstructions, and no measure of real letters."""

from __future__ import annotations

import re

import pytest

from evenhand.letters.read import as_json, read_letter
from evenhand.synthetic.letters import LAYOUTS, MadeLetter, letters


def _double_spaced(text: str) -> str:
    return "\n".join(f"{line}\n" for line in text.split("\n"))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("spaced", [False, True])
def test_a_made_letter_comes_back(layout: str, spaced: bool) -> None:
    """Every fact that was put into a letter is read from it, item for item, in single and double spaced text."""
    for made in letters(30, seed=5, layouts=(layout,)):
        read = as_json(read_letter(_double_spaced(made.text) if spaced else made.text, f"{made.name}.txt"))
        truth = made.truth()
        assert read["layout"] == layout, made.text
        facts = {name: value for name, value in truth["header"].items() if value}
        assert {name: read["header"][name] for name in facts} == facts, made.text
        assert read["reviewer"] == truth["reviewer"], made.text
        assert read["clinical_case_summary"] == truth["clinical_case_summary"], made.text
        assert [{k: item[k] for k in ("item", "decision", "rationale")} for item in read["items"]] == truth["items"]
        assert read["documents_reviewed"] == truth["documents_reviewed"], made.text
        _sources(read, made)


def _sources(read: dict[str, list[dict[str, dict[str, list[dict[str, object]]]]]], made: MadeLetter) -> None:
    wanted = [(item.chapter, item.year) for item in made.items]
    if made.layout == "D":
        wanted = wanted[:1] * len(wanted)
    for side in ("imr_guideline", *(("claims_administrator_guideline",) if made.layout != "D" else ())):
        cited = [item[side]["citations"][0] for item in read["items"]]
        assert [(each["chapter"], each["year"]) for each in cited] == wanted, made.text


@pytest.mark.parametrize("layout", ["C", "D", "E"])
def test_a_reconstructed_layout_says_so(layout: str) -> None:
    """A letter of a layout of which no whole letter was seen says in its problems that it must be compared."""
    letter = read_letter(next(letters(1, layouts=(layout,))).text)
    assert re.search(f"layout {layout} is read from labels", letter.problems[0])


def test_the_same_seed_gives_the_same_letters() -> None:
    """Two runs with one seed make the same letters, another seed makes others."""
    assert list(letters(6, seed=1)) == list(letters(6, seed=1))
    assert list(letters(6, seed=1)) != list(letters(6, seed=2))
