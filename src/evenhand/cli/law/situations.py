"""`evenhand law situations`: the sentences of the law that no longer hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.law.options import WhichLaw, json_option, law_options, print_json, refusals

if TYPE_CHECKING:
    from evenhand.law.situations import Result


@click.command("situations")
@law_options
@click.option("--from", "folder", type=click.Path(path_type=Path), help="Other situations than the programme's own.")
@json_option
def command(law: WhichLaw, folder: Path | None, as_json: bool) -> None:
    """Try the law pack by situations: sentences that a lawyer reads, each with a question and its answer.

    After a change of a data file it says which sentences no longer hold. Exit code 1 if there is one.

    \b
    evenhand law situations
    evenhand law situations --pack changed/ --json
    """
    with refusals():
        from evenhand.law.situations import folder_of, read_situations, run

        pack = law.pack()
        results = tuple(run(pack, read_situations(folder or folder_of(law.programme))))
    failed = [result for result in results if not result.holds]
    if as_json:
        print_json(
            {"programme": law.programme, "situations": len(results), "failed": [_as_json(one) for one in failed]}
        )
    else:
        _print(failed, len(results))
    sys.exit(1 if failed else 0)


def _print(failed: list[Result], count: int) -> None:
    for result in failed:
        click.echo(f"{result.told.file}: {result.told.situation.say}")
        for fault in result.faults:
            click.echo(f"  {fault}")
    click.echo(f"{count - len(failed)} of {count} situations hold.")


def _as_json(result: Result) -> dict[str, Any]:
    situation = result.told.situation
    return {
        "file": result.told.file,
        "kind": result.told.kind,
        "say": situation.say,
        "provisions": list(situation.provisions),
        "faults": list(result.faults),
    }
