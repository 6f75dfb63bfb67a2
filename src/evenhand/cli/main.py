"""The `evenhand` command. Each sub-command is imported only when it is called: a small question is answered at once."""

from __future__ import annotations

import sys

import click

from evenhand.cli.lazy import LazyGroup

# name: (module below evenhand.cli, what it does, one line)
COMMANDS = {
    "run": ("run", "Take a case bundle through the whole office."),
    "serve": ("serve", "The office and the public site on 127.0.0.1:8000."),
    "people": ("people", "Accounts: open, invite, close."),
    "work": ("work", "Do the office's background work, job after job."),
    "law": ("law", "Deadlines, eligibility, and what nobody has verified."),
    "letters": ("letters", "Read, check, write and verify determination letters."),
    "treatments": ("treatments", "What a request asks for, as facts."),
    "casefile": ("casefile", "Records to an indexed file."),
    "match": ("match", "Who may review, and who fits best."),
    "privacy": ("privacy", "De-identify a text."),
    "corpus": ("corpus", "Published decisions: import, search, count."),
    "synthetic": ("synthetic", "Made-up records and applications with known truth."),
    "nightly": ("nightly", "Verify and sign the event log, every night."),
    "audit": ("audit", "Verify the event log or a proof bundle."),
    "schemas": ("schemas", "Write the JSON Schemas of the bundle and the letter."),
    "doctor": ("doctor", "What is installed, what is missing, how to get it."),
}


@click.command(
    cls=LazyGroup,
    package="evenhand.cli",
    commands_by_name=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="evenhand")
def cli() -> None:
    """Evenhand: independent medical review, from the application to the published determination.

    Begin with `evenhand run examples/neck-cold-therapy`.
    """


def main() -> None:
    """Entry point: exit 0 done, 1 findings or refused, 2 wrong use."""
    from evenhand.cli.refusals import explained, without_office_explained

    with explained(), without_office_explained():
        cli.main(prog_name="evenhand", standalone_mode=True)
    sys.exit(0)


if __name__ == "__main__":
    main()
