"""Papers and pictures as answers: never sniffed, never run, never kept by a cache."""

from __future__ import annotations

import base64
import hashlib
import re

from django.http import HttpResponse

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def pdf(content: bytes, name: str, *, download: bool = False) -> HttpResponse:
    """A PDF in the browser's viewer, in a sandbox; or as a download."""
    answer = HttpResponse(content, content_type="application/pdf")
    how = "attachment" if download else "inline"
    answer["Content-Disposition"] = f'{how}; filename="{safe_name(name)}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return unkept(answer)


def png(content: bytes) -> HttpResponse:
    """A picture of a page."""
    return unkept(HttpResponse(content, content_type="image/png"))


def letter_page(html: str) -> HttpResponse:
    """A letter of ours as a page. Its one style is named by its hash, so that no other can be put in; nothing runs."""
    styles = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
        for style in _STYLE.findall(html)
    )
    answer = HttpResponse(html)
    answer["Content-Security-Policy"] = (
        f"sandbox allow-same-origin; default-src 'none'; style-src {styles or chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return unkept(answer)


def unkept(answer: HttpResponse) -> HttpResponse:
    """What shows a case is kept by nobody on the way."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def safe_name(name: str) -> str:
    """A file name of plain letters, digits, dots and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-.")
    return plain[:100] or "paper"
