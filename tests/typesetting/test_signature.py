"""The signature on a PDF: it holds, it breaks with any change, and it names the organisation alone."""

from __future__ import annotations

import asyncio
import io
import random
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.document import Document, Paragraph, Title
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.signature import (
    CannotSign,
    Identity,
    SignatureState,
    fingerprint,
    make_key,
    make_test_certificate,
    read_certificates,
    read_identity,
    sign_pdf,
    verify_pdf,
)

NAME = "Northfield Review"
NOW = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
PDF = to_pdf(
    Document(title="A letter", author=NAME, blocks=(Title(text="A letter"), Paragraph(text="Words."))),
    created=date(2026, 11, 20),
)


@pytest.fixture(scope="module")
def key() -> bytes:
    """A private key of the organisation."""
    return make_key()


@pytest.fixture(scope="module")
def identity(key: bytes) -> Identity:
    """The organisation with its test certificate."""
    return read_identity(key, make_test_certificate(key, NAME, at=NOW), organisation=NAME, at=NOW)


@pytest.fixture(scope="module")
def signed(identity: Identity) -> bytes:
    """The PDF, signed."""
    return sign_pdf(PDF, identity, at=NOW, reason="A reason")


def test_a_signed_file_is_valid_and_says_who_signed_when(signed: bytes, identity: Identity) -> None:
    """The verdict names the organisation, the moment, the certificate, and that the certificate is a test."""
    verdict = verify_pdf(signed, identity.certificate)
    assert (verdict.state, verdict.compared, verdict.test) == (SignatureState.VALID, True, True)
    assert (verdict.organisation, verdict.signed_at) == (NAME, NOW)
    assert verdict.fingerprint == fingerprint(identity.certificate)
    assert not verify_pdf(signed).compared


def test_signing_changes_no_byte_of_what_was_typeset(signed: bytes) -> None:
    """The signature stands behind the PDF; title, author, dates and declarations are those of the typesetter."""
    assert signed.startswith(PDF)
    with pikepdf.open(io.BytesIO(PDF)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert dict(before.docinfo) == dict(after.docinfo)
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()


def test_the_standards_survive_the_signature(signed: bytes) -> None:
    """PDF/UA-1 and PDF/A-2a are declared as before, and our own look finds nothing."""
    assert check_pdf(signed, author=NAME) == ()


def test_the_signature_is_pades_and_names_no_person(signed: bytes) -> None:
    """The kind is ETSI.CAdES.detached; name and alternate text of the field are the organisation's."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert str(field.V.Name) == NAME and NAME in str(field.TU)
        assert str(field.V.M) == "D:20261123173000Z"


@pytest.mark.parametrize("seed", range(12))
def test_any_changed_byte_is_noticed(signed: bytes, seed: int) -> None:
    """One byte of what was signed changed anywhere: the file is not valid any more."""
    place = random.Random(seed).randrange(20, len(PDF))
    spoilt = bytearray(signed)
    spoilt[place] ^= 1
    assert verify_pdf(bytes(spoilt)).state in {SignatureState.CHANGED, SignatureState.UNREADABLE}


def test_an_addition_behind_the_signature_is_a_change(signed: bytes, identity: Identity) -> None:
    """An update, a second signature, or the whole file written anew: changed."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        again = io.BytesIO()
        pdf.save(again)
    assert verify_pdf(again.getvalue()).state is SignatureState.CHANGED
    assert verify_pdf(signed + b"\n% one more line\n").state is SignatureState.CHANGED


def test_a_file_without_signature_and_what_is_no_pdf() -> None:
    """Unsigned, cut off, and no PDF at all each have their word."""
    assert verify_pdf(PDF).state is SignatureState.UNSIGNED
    assert verify_pdf(b"hello").state is SignatureState.UNREADABLE
    assert verify_pdf(b"%PDF-1.7 hello").state is SignatureState.UNREADABLE


def test_another_certificate_in_the_same_name_is_noticed(signed: bytes) -> None:
    """Anybody can make a certificate in the organisation's name: it is compared as a whole, not by the name."""
    key = make_key()
    (other,) = read_certificates(make_test_certificate(key, NAME, at=NOW))
    assert verify_pdf(signed, other).state is SignatureState.OTHER_CERTIFICATE


def test_poppler_agrees(signed: bytes, tmp_path: Path) -> None:
    """Another maker's program finds the signature valid and the whole file covered."""
    pdfsig = shutil.which("pdfsig")
    if pdfsig is None:
        pytest.skip("pdfsig is not here; on Debian: apt-get install poppler-utils")
    (tmp_path / "signed.pdf").write_bytes(signed)
    said = subprocess.run([pdfsig, str(tmp_path / "signed.pdf")], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said and "Total document signed" in said


def certificate(key: ec.EllipticCurvePrivateKey, *names: tuple[x509.ObjectIdentifier, str], days: int = 30) -> bytes:
    """A certificate for the key with these names."""
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(NOW - timedelta(days=60))
    made = made.not_valid_after(NOW - timedelta(days=60) + timedelta(days=60 + days))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, password: bytes = b"") -> bytes:
    """The key as PEM."""
    locked = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)


CURVE = ec.generate_private_key(ec.SECP256R1())
GOOD = certificate(CURVE, (NameOID.ORGANIZATION_NAME, NAME))


def test_a_key_on_an_elliptic_curve_signs_too() -> None:
    """A P-256 certificate of an authority is as good as our own RSA one."""
    identity = read_identity(pem(CURVE), GOOD, organisation=NAME, at=NOW)
    verdict = verify_pdf(sign_pdf(PDF, identity, at=NOW), identity.certificate)
    assert (verdict.state, verdict.test) == (SignatureState.VALID, False)


def test_signing_and_looking_work_where_an_event_loop_is_running(identity: Identity) -> None:
    """A server that answers asynchronously, or a browser driven from the same thread, has one: neither may fail on it."""

    async def both() -> SignatureState:
        return verify_pdf(sign_pdf(PDF, identity, at=NOW), identity.certificate).state

    # In a thread of its own: a browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as alone:
        assert alone.submit(asyncio.run, both()).result() is SignatureState.VALID


@pytest.mark.parametrize(
    ("key", "cert", "words"),
    [
        (b"nothing", GOOD, "no private key in PEM"),
        (pem(CURVE, b"secret"), GOOD, "locked with a password"),
        (pem(ed25519.Ed25519PrivateKey.generate()), GOOD, "neither RSA"),
        (pem(ec.generate_private_key(ec.SECP256R1())), GOOD, "belongs to another key"),
        (pem(CURVE), b"nothing", "no certificate in PEM"),
        (pem(CURVE), certificate(CURVE, (NameOID.ORGANIZATION_NAME, "Southfield")), "'Southfield'"),
        (pem(CURVE), certificate(CURVE, (NameOID.COMMON_NAME, NAME)), "of no organization"),
        (
            pem(CURVE),
            certificate(CURVE, (NameOID.ORGANIZATION_NAME, NAME), (NameOID.SURNAME, "Okonjo")),
            "names a person",
        ),
        (pem(CURVE), certificate(CURVE, (NameOID.ORGANIZATION_NAME, NAME), days=-1), "valid from"),
    ],
)
def test_what_cannot_sign_for_the_organisation_is_refused(key: bytes, cert: bytes, words: str) -> None:
    """Wrong files, another's or a person's certificate, and one that ran out: refused in words."""
    with pytest.raises(CannotSign, match=words):
        read_identity(key, cert, organisation=NAME, at=NOW)


def test_what_is_no_pdf_cannot_be_signed(identity: Identity) -> None:
    """Bytes that are no PDF are refused in words."""
    with pytest.raises(CannotSign, match="cannot be signed"):
        sign_pdf(b"hello", identity, at=NOW)
