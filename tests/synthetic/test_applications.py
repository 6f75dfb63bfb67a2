"""Made-up archives of applications, whose truth is known."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from evenhand.cli.synthetic import command
from evenhand.law import load_pack
from evenhand.law.applications import FiledApplication, Line, application_of, lines
from evenhand.law.eligibility import screen
from evenhand.synthetic.applications import applications

COUNT = 2500


@cache
def made(count: int = COUNT, seed: int = 7) -> tuple[FiledApplication, ...]:
    """An archive as whoever reads the file gets it."""
    texts = (json.dumps(each, default=str).encode() for each in applications(load_pack(), count=count, seed=seed))
    return tuple(application_of(Line(n, text), name="made") for n, text in enumerate(texts, start=1))


def test_screening_finds_what_was_planted_and_nothing_else() -> None:
    """Each item has exactly the ground that was put in; an item without one is eligible."""
    for application in made():
        findings = screen(load_pack(), application, application.screened_on)
        found = tuple(next(iter(finding.grounds)).code if finding.grounds else None for finding in findings)
        assert found == application.planted, application.id
        assert all(len(finding.grounds) <= 1 for finding in findings), application.id


def test_every_ground_occurs() -> None:
    """An archive of some size has every ground of the pack, and mostly none."""
    planted = Counter(ground for application in made() for ground in application.planted)
    assert set(planted) - {None} == set(load_pack().grounds)
    assert planted[None] > sum(planted.values()) / 2


def test_archives_are_varied() -> None:
    """Years, means of service, regions, who files, and how many items: everything that the law distinguishes occurs."""
    archive = made()
    decisions = [each.ur_decision for each in archive if each.ur_decision is not None]
    assert len(decisions) < len(archive)
    assert {each.decided_on.year for each in decisions} == set(range(2013, 2027))
    assert {each.service.means for each in decisions} == {"mail", "fax", "electronic", "personal"}
    assert {load_pack().region(each.service.served_at) for each in decisions} == {"ca", "us", "abroad"}
    assert {len(each.application.disputed.items) for each in archive} >= {1, 2, 3, 4}
    drugs = [each.decided_on.year for each in decisions for item in each.items if item.formulary_drug]
    assert min(drugs) == 2018
    decided = [each.application.disputed.ur_determination_date.year for each in archive]
    assert decided == sorted(decided)


def test_clocks_of_later_time_limits_can_be_computed() -> None:
    """What started later time limits lies after the screening, and the pack knows the time limits."""
    for application in made()[:200]:
        assert application.clocks
        for rule, clock in application.clocks.items():
            assert load_pack().due(rule, clock.on, means=clock.means).safe_until > application.screened_on  # type: ignore[operator]


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    """The command writes the same bytes again, and other bytes for another seed; nothing half-done is left."""
    runner = CliRunner()
    for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        told = runner.invoke(
            command, ["applications", "--count", "40", "--seed", seed, "--out", str(tmp_path / name / "f.jsonl")]
        )
        assert (told.exit_code, told.stdout) == (0, f"{tmp_path / name / 'f.jsonl'}\n")
    a, b, c = ((tmp_path / name / "f.jsonl").read_bytes() for name in "abc")
    assert a == b != c
    assert sorted(path.name for path in tmp_path.rglob("*.part")) == []
    with (tmp_path / "a" / "f.jsonl").open("rb") as file:
        assert len(list(lines(file))) == 40


def test_an_unknown_programme_is_refused_in_words(tmp_path: Path) -> None:
    """No file, no traceback, and the programmes that there are."""
    told = CliRunner().invoke(
        command, ["applications", "--count", "1", "--programme", "xx", "--out", str(tmp_path / "x.jsonl")]
    )
    assert (told.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "ca_dwc" in told.stderr
