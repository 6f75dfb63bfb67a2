"""`python -m tests.letters.planted [CODE ...] [--missed N]`: the table of recall; with --missed, examples of what was not found."""

from __future__ import annotations

import argparse

from tests.letters.planted.planting import PLANTERS
from tests.letters.planted.recall import EACH, Recall, known, recall, said_of_clean, table


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="What the second reader finds of planted defects.")
    parser.add_argument("codes", nargs="*", help="these codes only")
    parser.add_argument("--each", type=int, default=EACH, help="letters for each code")
    parser.add_argument(
        "--missed", type=int, default=0, help="how many letters with a missed defect to print for each code"
    )
    parser.add_argument(
        "--clean", type=int, default=0, help="how many findings on clean letters to print for each code"
    )
    asked = parser.parse_args()
    codes = [code for code in sorted(known()) if code in PLANTERS and (not asked.codes or code in asked.codes)]
    results = [recall(code, asked.each) for code in codes]
    print(table(results))
    for each in results:
        _missed(each, asked.missed)
        _clean(each.code, asked.clean)


def _missed(each: Recall, count: int) -> None:
    for planted, said in each.missed[:count]:
        print(f"\n## {each.code} [{planted.variant}] {planted.letter.source}")
        for spot in planted.spots:
            print(f"   planted: {[str(part) for part in spot.parts]} item {spot.item}: {spot.quote!r}")
        for finding in said:
            print(
                f"   said: {finding.place.part} item {finding.place.item}: {finding.place.quote[:160]!r}: {finding.what}"
            )


def _clean(code: str, count: int) -> None:
    spoken = [(letter, f) for letter, found in said_of_clean() for f in found if f.code == code]
    for letter, finding in spoken[:count]:
        print(
            f"\n## {code} on a clean letter {letter.source} {finding.where}: {finding.what}\n   {finding.place.quote[:300]!r}"
        )


if __name__ == "__main__":
    main()
