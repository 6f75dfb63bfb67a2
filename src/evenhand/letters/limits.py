"""What reading one letter may take, in a process that reads letters of strangers."""

from __future__ import annotations

import resource
import signal

# A real letter takes a hundredth of a second and some megabytes.
SECONDS = 60
MEMORY = 3_000_000_000


def bounded(seconds: int = 0) -> None:
    """In that process: no more memory than a letter can need, and an alarm that ends it, in foreign code too.

    Without `seconds` the alarm is set for each letter by whoever reads several.
    """
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


def stopped(seconds: int = SECONDS) -> str:
    """Why a letter was given up."""
    return f"reading it took more than {seconds} seconds or all memory and was stopped; the file is damaged or hostile"
