"""How the page of a letter is answered: every character can be sent, and the pictures may stand in the page itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from evenhand.letters.mark import showable
from evenhand.office.site.headers import POLICY

# The pages of the paper are pictures inside the page: nothing of a letter that was only read has an address.
WITH_PICTURES = POLICY.replace("img-src 'self'", "img-src 'self' data:")


def letter_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page. A letter of strangers may hold what no page can: half a pair of characters, a turn of direction."""
    answer = HttpResponse(showable(render_to_string(template, context, request)), status=status)
    answer["Content-Security-Policy"] = WITH_PICTURES
    return answer
