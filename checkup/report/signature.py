"""The door to pyHanko: a finished paper is signed (PAdES), so that a byte changed afterwards shows in any reader."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tenants.files import write_private
from tenants.lazy_imports import lazily

signers, fields, writers = (
    lazily(f"pyhanko.{part}") for part in ("sign.signers", "sign.fields", "pdf_utils.incremental_writer")
)
_FIELD = "Famai"
LIFE = dt.timedelta(days=3650)  # of a self-made certificate


class BadCertificate(ValueError):
    """The files of certificate and key do not open, or do not belong together."""


@dataclass(frozen=True)
class SealedBy:
    """Who signs papers, as a verification tells it: holder, issuer, last day (ISO) and SHA-256 fingerprint."""

    holder: str
    issuer: str
    until: str
    fingerprint: str


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, ready to sign; the key is never printed."""

    own: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: Any

    def __repr__(self) -> str:
        return f"Certificate({self.told.fingerprint})"

    @property
    def told(self) -> SealedBy:
        return SealedBy(
            holder=_name(self.own.subject),
            issuer=_name(self.own.issuer),
            until=self.own.not_valid_after_utc.date().isoformat(),
            fingerprint=self.own.fingerprint(hashes.SHA256()).hex(" ").upper(),
        )


def load_certificate(file: Path, key: Path | None = None, passphrase: str = "") -> Certificate:
    """A PKCS#12 file, or a PEM file whose key is in `key` or in the same file. Raises: BadCertificate."""
    secret = passphrase.encode() or None
    try:
        raw = file.read_bytes()
        if b"-----BEGIN" in raw:
            opened = serialization.load_pem_private_key((key or file).read_bytes(), secret)
            own, *chain = x509.load_pem_x509_certificates(raw)
        else:
            found, first, others = pkcs12.load_key_and_certificates(raw, secret)
            if found is None or first is None:
                raise BadCertificate(f"{file}: holds no certificate with its key")
            opened, own, chain = found, first, others
    except (OSError, TypeError, ValueError) as error:
        raise BadCertificate(f"{file}: {error}") from error
    if own.public_key() != opened.public_key():
        raise BadCertificate(f"{file}: the key is not that of the certificate")
    return Certificate(own, tuple(chain), opened)


def sign(pdf: bytes, certificate: Certificate, *, reason: str) -> bytes:
    """The paper with its signature, which allows no change whatever. In a thread that has no event loop of its own."""
    made = io.BytesIO()
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        name=certificate.told.holder,
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    field = fields.SigFieldSpec(
        _FIELD,
        readable_field_name=reason,
        invis_sig_settings=fields.InvisSigSettings(set_hidden_flag=True),
    )
    signers.PdfSigner(meta, signer=_signer(certificate), new_field_spec=field).sign_pdf(
        writers.IncrementalPdfFileWriter(io.BytesIO(pdf)), output=made
    )
    return made.getvalue()


def _signer(certificate: Certificate) -> Any:
    packed = pkcs12.serialize_key_and_certificates(
        None, certificate.key, certificate.own, certificate.chain, serialization.NoEncryption()
    )
    return signers.SimpleSigner.load_pkcs12_data(packed, other_certs=())


def make_certificate(file: Path, *, holder: str, now: dt.datetime) -> None:
    """A self-made certificate with its key, readable by its owner alone; one that is there already stays."""
    if file.exists():
        return
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, holder)])
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(_SIGNS_ONLY, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_private(file, pem + own.public_bytes(serialization.Encoding.PEM))


_SIGNS_ONLY = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _name(name: x509.Name) -> str:
    """The common name, else the whole of it."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
