"""Every refusal reaches the person as words on standard error, never as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evenhand.reading import BadFile


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
