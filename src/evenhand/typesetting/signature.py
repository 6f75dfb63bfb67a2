"""The signature on a PDF that goes out: PAdES, in the organisation's name, and the look at one that came back.

    signed = sign_pdf(pdf, identity, at=now)
    verdict = verify_pdf(signed, expected=certificate)       # verdict.state: valid, changed, unsigned, ...

The signature lies in an update behind the PDF; not a byte of what was typeset changes, so what the PDF declares
(PDF/UA-1, PDF/A-2a) holds on. It has no picture on a page: its field lies outside the page, where neither standard
asks for a tag or a look. Who signs is an organisation, never a person: a certificate that names a person is refused.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

Done = TypeVar("Done")
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

FIELD = "Organization"
TEST = "Test certificate: nobody vouches for it"
_KEY_BITS = 3072
_TEST_DAYS = 3650
# X.520 gives names 64 characters.
_LONGEST = 64
_OF_PERSONS = (NameOID.GIVEN_NAME, NameOID.SURNAME, NameOID.PSEUDONYM, NameOID.INITIALS, NameOID.TITLE)


class CannotSign(ValueError):
    """A key or a certificate that letters cannot be signed with, in words."""


class SignatureState(StrEnum):
    """What the signature says of the file."""

    VALID = "valid"
    """Signed, and not a byte was changed or added since."""
    CHANGED = "changed"
    """Signed, and changed or added to since."""
    UNSIGNED = "unsigned"
    """It bears no signature, or lost it."""
    OTHER_CERTIFICATE = "other certificate"
    """Signed and unchanged, but not with the certificate that was expected."""
    UNREADABLE = "unreadable"
    """No PDF, or one that cannot be opened."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A private key with the certificate of the organisation that holds it, and whoever vouches for that certificate."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found of a file's signature. What is `None` could not be told."""

    state: SignatureState
    reason: str
    sha256: str
    """Of the whole file, as the office's log and the proof of a case name it."""
    organisation: str | None = None
    subject: str | None = None
    fingerprint: str | None = None
    """SHA-256 of the certificate."""
    signed_at: datetime | None = None
    """As the signer's own clock said; no third party vouches for it."""
    compared: bool = False
    """Whether the certificate was compared with the one that was expected."""
    test: bool = False
    """Whether it is a test certificate, for which nobody vouches."""


def make_key() -> bytes:
    """A new private key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def make_test_certificate(key_pem: bytes, organisation: str, *, at: datetime) -> bytes:
    """A certificate for the key in the organisation's name, as PEM, signed by the key itself and marked as a test."""
    key = _read_key(key_pem)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_LONGEST]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST),
            x509.NameAttribute(NameOID.COMMON_NAME, organisation[:_LONGEST]),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=_TEST_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)


def read_identity(key_pem: bytes, certificate_pem: bytes, *, organisation: str, at: datetime) -> Identity:
    """The identity of `organisation` from PEM. Raises CannotSign where the two do not belong together, or to another."""
    key = _read_key(key_pem)
    certificate, *chain = read_certificates(certificate_pem)
    if certificate.public_key() != key.public_key():
        raise CannotSign("the certificate belongs to another key; give the one that was issued for this key")
    _require_organisation(certificate, organisation)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        days = f"{certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}"
        raise CannotSign(f"the certificate is valid from {days} only; get a new one")
    return Identity(key=key, certificate=certificate, chain=tuple(chain))


def read_certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file, the signer's first. Raises CannotSign."""
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError:
        raise CannotSign("this holds no certificate in PEM (-----BEGIN CERTIFICATE-----)") from None


def fingerprint(certificate: x509.Certificate) -> str:
    """The certificate's SHA-256, by which people compare it."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _read_key(pem: bytes) -> Key:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except TypeError:
        raise CannotSign(
            "the key is locked with a password; give it without one, readable by the office alone"
        ) from None
    except ValueError:
        raise CannotSign("this holds no private key in PEM (-----BEGIN PRIVATE KEY-----)") from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CannotSign(
            "the key is neither RSA nor on an elliptic curve (P-256 ...); most readers of PDF know no other"
        )
    return key


def _require_organisation(certificate: x509.Certificate, organisation: str) -> None:
    named = [str(a.value) for a in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)]
    if organisation[:_LONGEST].casefold() not in {name.casefold() for name in named}:
        whose = f"of {named[0]!r}" if named else "of no organization"
        raise CannotSign(f"the certificate is that {whose}, and the letters go out in the name of {organisation!r}")
    if any(certificate.subject.get_attributes_for_oid(oid) for oid in _OF_PERSONS):
        raise CannotSign("the certificate names a person; letters are signed by the organization alone")


def sign_pdf(pdf: bytes, identity: Identity, *, at: datetime, reason: str = "") -> bytes:
    """The PDF with a PAdES signature behind it, `at` being the moment of signing. Raises CannotSign."""
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    der = serialization.Encoding.DER
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register_multiple([asn1_x509.Certificate.load(c.public_bytes(der)) for c in identity.chain])
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(identity.certificate.public_bytes(der)),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            identity.key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        ),
        cert_registry=known,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=_organisation(identity.certificate),
        reason=reason or None,
    )
    field = fields.SigFieldSpec(
        FIELD,
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=f"Signature of {_organisation(identity.certificate)}",
    )
    try:
        signing = signers.PdfSigner(metadata, signer=signer, new_field_spec=field)
        out = _apart(lambda: _at_moment(signing, at).sign_pdf(_unchanged(pdf)))
    except PdfError as error:
        raise CannotSign(f"the PDF cannot be signed: {error}") from None
    return bytes(out.getvalue())


def _apart(work: Callable[[], Done]) -> Done:
    """Does the work in a thread of its own: pyHanko runs an event loop, and the caller's thread may have one running already."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(work).result()


def _at_moment(signing: PdfSigner, at: datetime) -> PdfSigner:
    """The signer with a clock of ours: the moment is the office's, in UTC, and not that of the machine's own place."""
    begin = signing.init_signing_session

    def session(*args: Any, **more: Any) -> PdfSigningSession:
        begun = begin(*args, **more)
        begun.system_time = at.astimezone(UTC)
        return begun

    signing.init_signing_session = session  # type: ignore[method-assign]
    return signing


def _unchanged(pdf: bytes) -> IncrementalPdfFileWriter:
    """A writer that adds the signature and leaves the description of the PDF as it is: title, author, date, declarations."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    return writer


def verify_pdf(pdf: bytes, expected: x509.Certificate | None = None) -> Verdict:
    """What the signature says of the file; with `expected` also whether it was made with that certificate.

    Only one signature over the whole file counts: whatever stands behind it is an addition that nobody signed.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()

    def found(state: SignatureState, reason: str, **more: Any) -> Verdict:
        return Verdict(state=state, reason=reason, sha256=sha256, **more)

    if not pdf[:1024].lstrip().startswith(b"%PDF"):
        return found(SignatureState.UNREADABLE, "this is no PDF")
    try:
        signatures = _signatures(pdf)
    except Exception as error:  # a parser over hostile bytes fails in more ways than it has errors
        return found(SignatureState.UNREADABLE, f"the PDF cannot be opened: {error}")
    if not signatures:
        return found(SignatureState.UNSIGNED, "the PDF bears no signature")
    try:
        return _verdict(signatures, expected, sha256)
    except Exception:  # the same: what cannot be followed to its end does not hold
        return found(SignatureState.CHANGED, "the signature is damaged")


def _verdict(signatures: list[EmbeddedPdfSignature], expected: x509.Certificate | None, sha256: str) -> Verdict:
    signature = signatures[-1]
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    state, reason = _holds(signature, len(signatures))
    compared = expected is not None and state is SignatureState.VALID
    if expected is not None and compared and fingerprint(expected) != fingerprint(certificate):
        state = SignatureState.OTHER_CERTIFICATE
        reason = "the signature is whole, but it was made with another certificate than the one expected"
    return Verdict(
        state=state,
        reason=reason,
        sha256=sha256,
        organisation=_organisation(certificate),
        subject=certificate.subject.rfc4514_string(),
        fingerprint=fingerprint(certificate),
        signed_at=signature.self_reported_timestamp,
        compared=compared,
        test=any(unit.value == TEST for unit in units),
    )


def _holds(signature: EmbeddedPdfSignature, count: int) -> tuple[SignatureState, str]:
    """Whether the signature covers the whole file and is right."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # Who vouches for the certificate is not asked here: it is compared as a whole. Nothing is fetched from anywhere.
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = _apart(lambda: validate_pdf_signature(signature, context, skip_diff=True))
    if not (status.intact and status.valid):
        return SignatureState.CHANGED, "the file was changed after it was signed"
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return SignatureState.CHANGED, "something was added to the file after it was signed"
    if count > 1:
        return SignatureState.CHANGED, "the file was signed again after the first signature"
    return SignatureState.VALID, "signed, and not changed since"


def _signatures(pdf: bytes) -> list[EmbeddedPdfSignature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return list(PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures)


def _organisation(certificate: x509.Certificate) -> str:
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(oid):
            return str(attribute.value)
    return certificate.subject.rfc4514_string()
