"""Every refusal reaches the person as words on standard error, never as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evenhand.reading import BadFile

# What the base install leaves out: `pip install evenhand` has the crafts alone.
OFFICE = {"django", "granian", "whitenoise"}


@contextmanager
def explained() -> Iterator[None]:
    """Turns refusals into lines and exit code 1. What is a defect of ours says so and where to report it."""
    try:
        yield
    except BadFile as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is lost.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("Stopped. What was done is kept; run the same command again to go on.", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}. Nothing half-done was kept.", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except Exception as error:
        if os.environ.get("EVENHAND_TRACEBACK") == "1":
            raise
        print(  # noqa: T201
            f"A fault of Evenhand itself: {type(error).__name__}: {str(error)[:300]}\n"
            "    What was committed is kept; nothing half-done was.\n"
            "   Next: report it, with what EVENHAND_TRACEBACK=1 shows (leave out what tells who somebody is).",
            file=sys.stderr,
        )
        sys.exit(1)


@contextmanager
def without_office_explained() -> Iterator[None]:
    """Tells how to get the office where a command needs it and only the crafts are installed; exit 1."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
        if missing not in OFFICE:
            raise
        asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
        print(  # noqa: T201
            f"`evenhand {asked}` needs the office, which is not installed here ({missing} is missing).\n"
            "    Why: the base install has the crafts alone (letters, law, case files, matching, corpus).\n"
            "   Next: pip install 'evenhand[office]'",
            file=sys.stderr,
        )
        sys.exit(1)
