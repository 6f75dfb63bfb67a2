"""Where no mail server is configured: messages are shown on standard error, so that standard output stays a command's own."""

from __future__ import annotations

import sys
from typing import Any

from django.core.mail.backends.console import EmailBackend


class ShownOnly(EmailBackend):
    """Shows a message and sends it nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"stream": sys.stderr, **kwargs})
