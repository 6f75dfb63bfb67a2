"""Attacks by what is sent: bytes, numbers, dates and files that nobody would send by mistake. Never an error of ours, never half a thing."""

from __future__ import annotations

import errno
import io
import json
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.addresses import Address
from tests.office.attacked import ALL, played, real, visitor
from tests.office.pages import formset, hidden, text_of
from tests.office.signed_in import client_of

from evenhand.office.cases import storage
from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.configuration import configuration
from evenhand.office.events.models import Event
from evenhand.office.people.roles import PERMISSIONS, Role
from evenhand.office.site.staff.acts.registry import ACTS
from evenhand.office.site.staff.file import drawn

pytestmark = pytest.mark.django_db
HOSTILE = (
    "a\x00b",
    "-1",
    "9" * 40,
    "٣",
    "²",
    "0001-01-01",
    "9999-12-31",
    "2015-02-31",
    "../../etc/passwd",
    "' OR 1=1 --",
    "%_",
    "\u202e\U0001f600\ufffe",
    "<svg onload=x>",
    "1e999",
    "x" * 3000,
)
# What the pages read of an address.
ASKED = [
    "q",
    "page",
    "from",
    "to",
    "state",
    "acts",
    "due",
    "show",
    "before",
    "number",
    "receipt",
    "rows",
    "items",
    "size",
    "served_on",
    "means",
    "next",
    "part",
    "party",
    "order",
]


def paths(address: Address) -> list[str]:
    """The address with something hostile in each of its places."""
    found = []
    for place in address.parameters:
        for value in HOSTILE:
            path = "/" + address.route
            for name in address.parameters:
                filled = quote(value, safe="") if name == place else "1"
                path = path.replace(f"<str:{name}>", filled).replace(f"<int:{name}>", filled)
                path = path.replace(f"<path:{name}>", filled)
            found.append(path)
    return found


def clients(case: Case) -> dict[Role | None, Client]:
    """Somebody in every role, and nobody."""
    return {None: Client(), **{role: visitor(role, case) for role in Role if role is not Role.REVIEWER}}


def within(address: Address) -> Role | None:
    """A role that gets behind the rule of the address."""
    rule = address.rule
    assert rule is not None
    able = sorted((rule.roles or set(Role)) - {Role.REVIEWER})
    return None if rule.kind == "public" else Role.CASE_MANAGER if Role.CASE_MANAGER in able else able[0]


def test_hostile_addresses_are_refused_in_words(case: Case) -> None:
    """NUL, digits of other scripts, endless numbers, ways out of the folder: a page that says no."""
    by_role = clients(case)
    for address in ALL:
        for path in paths(address):
            answer = by_role[within(address)].get(path)
            assert answer.status_code < 500, path
            assert "Content-Security-Policy" in answer


def test_hostile_questions_are_answered(case: Case) -> None:
    """Every page takes hostile values in every parameter, one of them twice, in wrong bytes, and in thousands."""
    by_role = clients(case)
    for address in ALL:
        client, path = by_role[within(address)], real(address, case)
        if path is None or address.name == "account_logout":
            continue
        for turn in range(0, len(HOSTILE), 3):
            values = [(name, HOSTILE[(place + turn) % len(HOSTILE)]) for place, name in enumerate(ASKED)]
            asked = urlencode([*values, ("page", "2")])
            assert client.get(f"{path}?{asked}").status_code < 500, f"{path}?{asked}"
        assert client.get(f"{path}?q=%ff%fe&page=%c3%28&%ed%a0%80=1&q[]=1&=").status_code < 500
        assert client.get(f"{path}?" + "&".join(f"a{n}=1" for n in range(1500))).status_code < 500


BODIES: tuple[tuple[bytes, str], ...] = (
    (b"a=%ff%fe&login=%00&password=%ff&username=%00&role=%00&remove=%00&name=%00", "application/x-www-form-urlencoded"),
    (b'{"_once": 1}', "application/json"),
    (b"garbage", "multipart/form-data; boundary=x"),
    (b"garbage", "multipart/form-data"),
    (b"a=b", "application/x-www-form-urlencoded; charset=nonsense"),
    (b"a=b", "application/x-www-form-urlencoded; charset=utf-7"),
    (b"\xff\xfe" * 50, "text/plain"),
    (b"&".join(b"a%d=1" % n for n in range(1500)), "application/x-www-form-urlencoded"),
    (b"a=" + b"x" * 2_700_000, "application/x-www-form-urlencoded"),
)


def test_hostile_bodies_are_refused(case: Case) -> None:
    """Wrong encodings, wrong types, broken parts, too much: refused, and nothing of the case is written."""
    by_role = clients(case)
    before = Event.objects.filter(chain=case.chain).count()
    for address in ALL:
        client, path = by_role[within(address)], real(address, case)
        if path is None or address.name == "account_logout":
            continue
        for body, kind in BODIES:
            answer = client.generic("POST", path, body, content_type=kind)
            assert answer.status_code < 500, f"{path} {kind}"
    assert Event.objects.filter(chain=case.chain).count() == before


TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.dates().map(str),
    st.integers().map(str),
    st.sampled_from(["mail", "employee", "1", "on", "2015-01-20", "a@example.org", "Upheld"]),
)


@given(chosen=st.sampled_from(sorted(ACTS)), values=st.lists(TEXT, min_size=8, max_size=8), names=st.integers(0, 99))
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_in_any_field_of_any_act(case: Case, chosen: str, values: list[str], names: int) -> None:
    """Whatever stands in the fields: done, or refused with a reason; never an error of ours."""
    role = sorted(PERMISSIONS[chosen])[0]
    if role is Role.REVIEWER:
        return
    client = client_of(f"a.{role.value}", role)
    address = reverse("act", args=[case.number, chosen])
    fields = list(ACTS[chosen].base_fields)
    sent = {name: values[(place + names) % len(values)] for place, name in enumerate(fields)}
    with transaction.atomic():
        answer = client.post(address, {**hidden(client.get(address)), **sent})
        transaction.set_rollback(True)
    assert answer.status_code in {200, 302, 403, 409, 422}, f"{chosen}: {answer.status_code}"


YAML = (
    b"\xff\xfe",
    b"",
    b"a: &a [1]\nb: *a",
    b"[" * 5000,
    b"title: !!timestamp x",
    b"title: !!bool perhaps",
    b'title: !!int ""',
    b"title: !!python/object/apply:os.system [id]",
    b'title: "\\0"',
    b'title: "\\ud800"',
    b"title: 2001-99-99",
    b"<<: 1",
    b"- 1",
    b"title: " + b"9" * 6000,
)


@pytest.mark.parametrize("name", ["intake_upload", "reviewers"])
def test_hostile_yaml_is_refused_in_words(case: Case, name: str) -> None:
    """Aliases, towers, tags that fit nothing, wrong bytes: the faults are named, and nothing is entered."""
    client = visitor(Role.INTAKE if name == "intake_upload" else Role.CREDENTIALING, case)
    for content in YAML:
        sent = {"file": SimpleUploadedFile("x.yaml", content), "on": "2015-01-02"}
        assert client.post(reverse(name), sent).status_code == 422, content[:30]


def k(**response: Any) -> dict[str, Any]:
    """An answer as a passkey would give it, more or less."""
    return {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response, "clientExtensionResults": {}}


CLIENT_DATA = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3QifQ"
PASSKEYS: tuple[Any, ...] = (
    None,
    [],
    "x",
    {},
    {"id": "a"},
    k(),
    {**k(), "response": []},
    k(clientDataJSON="AAAA", authenticatorData="AAAA", signature="AAAA", userHandle="AAAA"),
    k(clientDataJSON=CLIENT_DATA, authenticatorData="A" * 60, signature="AAAA", userHandle="_____w"),
    k(clientDataJSON=CLIENT_DATA, authenticatorData="A" * 60, signature="AAAA", userHandle=[1]),
    k(clientDataJSON=CLIENT_DATA, attestationObject="AAAA"),
)


@pytest.mark.parametrize("begun", [False, True])
def test_an_invented_passkey_opens_nothing(case: Case, begun: bool) -> None:
    """An answer that no passkey gave is a wrong one, however it is broken."""
    for answer in PASSKEYS:
        cache.clear()  # the library's own limit of attempts, which is not what is tested
        client = Client()
        if begun:
            client.get(reverse("mfa_login_webauthn"))
        sent = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)})
        assert sent.status_code in {200, 302} and client.get(reverse("queue")).status_code == 302


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, size: float = 612) -> bytes:
    """A PDF, changed by hand."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(size, size))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _script(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.Root.OpenAction = action
    made.attachments["x.exe"] = b"MZ"


def _huge_image(made: pikepdf.Pdf) -> None:
    image = made.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60_000, Height=60_000)
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    image.write(zlib.compress(b"\0" * 5_000_000), filter=pikepdf.Name.FlateDecode)
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    made.pages[0].Contents = made.make_stream(b"612 0 0 792 0 0 cm /I Do")


def receive(client: Client, case: Case, files: list[SimpleUploadedFile]) -> HttpResponse:
    """Sends the form of papers that came."""
    address = reverse("act", args=[case.number, "receive_records"])
    row = {"kind": "progress_report", "dated": "2015-02-01", "title": "<script>alert(1)</script>"}
    head = {"sender": "claims_administrator", "received_on": "2015-03-01", "means": "mail"}
    rows = formset("papers", [{**row, "file": file} for file in files])
    return client.post(address, {**hidden(client.get(address)), **head, **rows})


def test_hostile_files() -> None:
    """What is no PDF is refused with everything that came along; what is one is kept under a name of ours, drawn within bounds,
    and goes out as a download in a sandbox."""
    case = played("neck-cold-therapy", until=CaseState.RECORDS_OPEN)
    manager = visitor(Role.CASE_MANAGER, case)
    good = pdf()
    for bad in (
        b"",
        b"<html><script>x</script>",
        b"<html>%PDF-1.4 <script>",
        b"PK\x03\x04" * 9,
        good[:200],
        b"%PDF-1.7\n\0",
    ):
        count = case.documents.count()
        files = [SimpleUploadedFile("a.pdf", good), SimpleUploadedFile("b.pdf", bad, content_type="application/pdf")]
        assert receive(manager, case, files).status_code in {409, 422} and case.documents.count() == count
    assert receive(manager, case, [SimpleUploadedFile("a.pdf", good)] * 40).status_code == 422
    assert receive(manager, case, [SimpleUploadedFile("a.pdf", good)] * 150).status_code == 413
    names = ("../../etc/passwd.pdf", "\u202efdp.exe", "n" * 300 + ".pdf", 'a"b\r\nX: y.pdf', "x.html")
    made = [SimpleUploadedFile(name, pdf(2, _script), content_type="text/html") for name in names]
    assert receive(manager, case, made).status_code == 302
    for row in case.documents.filter(dated="2015-02-01"):
        answer = manager.get(reverse("original", args=[case.number, row.pk]))
        assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"] == f'attachment; filename="{case.number}-{row.label}.pdf"'
        assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert "<script>alert" not in manager.get(reverse("file", args=[case.number])).content.decode()
    assert len(drawn(pdf(size=7200), 0, 3.0)) < 5_000_000
    assert len(drawn(pdf(1, _huge_image), 0, 3.0)) < 5_000_000


def test_a_full_disk_is_told_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store of papers cannot be written to, the act did not happen: no row, no event, no half-written object."""
    case = played("neck-cold-therapy", until=CaseState.RECORDS_OPEN)
    manager = visitor(Role.CASE_MANAGER, case)
    events, documents = Event.objects.filter(chain=case.chain).count(), case.documents.count()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    answer = receive(manager, case, [SimpleUploadedFile("a.pdf", pdf(3))])
    assert answer.status_code == 409 and "could not be kept" in text_of(answer)
    assert (Event.objects.filter(chain=case.chain).count(), case.documents.count()) == (events, documents)
    assert not list((configuration().objects / case.number).rglob(".*"))
