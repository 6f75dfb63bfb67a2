"""`evenhand law rules`: the names of the time limits."""

from __future__ import annotations

from typing import Any

import click

from evenhand.cli.law.options import WhichLaw, json_option, law_options, print_json, refusals


@click.command("rules")
@law_options
@json_option
def command(law: WhichLaw, as_json: bool) -> None:
    """The names of the time limits that `law due` computes.

    \b
    evenhand law rules --json
    """
    with refusals():
        pack = law.pack()
    if pack.programme.caution is not None:
        click.echo(pack.programme.caution, err=True)
    if as_json:
        print_json([_rule_json(name, pack.rule(name)) for name in pack.rule_names()])
        return
    width = max(map(len, pack.rule_names()))
    for name in pack.rule_names():
        rule = pack.rule(name)
        click.echo(f"{name:<{width}}  {rule.title}: from when {rule.starts} (since {rule.versions[0].valid_from})")


def _rule_json(name: str, rule: Any) -> dict[str, Any]:
    from evenhand.reading import to_plain

    return {"rule": name, **to_plain(rule)}
