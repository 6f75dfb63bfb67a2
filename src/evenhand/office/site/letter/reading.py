"""Read a letter: anybody gives a letter and sees what it says and what the second reader finds. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evenhand.letters.alone import Answer, read_alone
from evenhand.office.people.access import public
from evenhand.office.site.letter.pages import letter_page
from evenhand.office.site.letter.shown import Paper, shown
from evenhand.office.ui.forms import Form

# A letter of forty pages has half a million bytes. More than this is not a letter alone.
MOST_BYTES = 10_000_000
# What the rest of the form may take beside the file.
AROUND = 20_000
# A letter takes a second; whoever reads here waits no longer than this.
SECONDS = 20
# So many letters are read at once; the next one waits a moment, and is then asked to come again.
AT_ONCE, PATIENCE = 2, 3.0
_reading = BoundedSemaphore(AT_ONCE)

TOO_LARGE = (
    f"The file is larger than {MOST_BYTES // 1_000_000} MB. A letter alone is far smaller: give the letter alone."
)
BUSY = "Other letters are being read just now. Wait a moment and send it again."
ELSEWHERE = "The form was not sent from this page. Load the page and choose the letter here."
INCOMPLETE = "The file did not arrive whole. Choose the letter and send it again."


class ReadForm(Form):
    """The letter, and the day whose law it is held against."""

    letter = forms.FileField(
        label="Determination letter (PDF or text)",
        help_text=f"Choose the file, or drop it on the button. At most {MOST_BYTES // 1_000_000} MB; a scan needs a text layer.",
        allow_empty_file=True,
    )
    on = forms.DateField(
        label="Hold it against the law of",
        help_text="Leave it empty for the day of the utilization review decision that the letter names.",
        required=False,
    )


class InMemory(MemoryFileUploadHandler):
    """Takes files into memory only, whatever their size: the length of the whole request was looked at before."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Always on: the other handler writes to the disk."""
        self.activated = True


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def read_letter(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, the letter with its findings.

    No cookie guards the form: nothing can be changed by it, and what another page sends is refused by where it comes from.
    """
    if request.method != "POST":
        return _form(request, ReadForm())
    if not _from_here(request):
        return _form(request, ReadForm(), ELSEWHERE, status=403)
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES + AROUND:
        return _form(request, ReadForm(), TOO_LARGE if length.isdecimal() else INCOMPLETE, status=413)
    request.upload_handlers = [InMemory(request)]
    try:
        form = ReadForm(request.POST, request.FILES)
    except (MultiPartParserError, OSError):
        return _form(request, ReadForm(), INCOMPLETE, status=400)
    if not form.is_valid():
        return _form(request, form, status=422)
    return _read(request, form)


def _read(request: HttpRequest, form: ReadForm) -> HttpResponse:
    file: UploadedFile = form.cleaned_data["letter"]
    if (file.size or 0) > MOST_BYTES:
        return _form(request, form, TOO_LARGE, status=413)
    name = (file.name or "letter")[:120]
    with _turn() as mine:
        if not mine:
            return _form(request, form, BUSY, status=503)
        answer = read_alone(file.read(), name=name, on=form.cleaned_data["on"], seconds=SECONDS)
    if answer.letter is None:
        return _form(request, form, f"{name}: {answer.refused}.", status=422)
    return _shown(request, answer, name)


def _shown(request: HttpRequest, answer: Answer, name: str) -> HttpResponse:
    assert answer.letter is not None  # the caller has asked
    paper = Paper(title="The file", words=f"“{name}”, as you gave it.")
    context = {
        "name": name,
        "shown": shown(answer.letter, answer.findings, answer.sheets, paper, unchecked=answer.unchecked),
        "queries": False,
    }
    return _unkept(letter_page(request, "letter/read.html", context))


def _form(request: HttpRequest, form: ReadForm, refused: str = "", *, status: int = 200) -> HttpResponse:
    context = {"form": form, "refused": refused, "seconds": SECONDS, "failed": status != 200}
    return _unkept(letter_page(request, "letter/read_form.html", context, status=status))


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store, private"
    return answer


@contextmanager
def _turn() -> Iterator[bool]:
    """Whether it is this letter's turn; false where too many wait."""
    mine = _reading.acquire(timeout=PATIENCE)
    try:
        yield mine
    finally:
        if mine:
            _reading.release()


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form. Every browser says so of a form that is sent; who says nothing is refused."""
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
