"""A paper is signed by the installation's certificate, and whatever is changed afterwards is found out."""

import datetime as dt
import hashlib
import io

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation import SignatureCoverageLevel

from checkup.report.pdf import make_pdf
from checkup.report.signature import BadCertificate, load_certificate, make_certificate, sign
from tenants.clock import now
from tests.papers import faults_of_accessibility
from tests.sealed_papers import judge

HOLDER = "宝山法治体检"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("seal") / "signing.pem"
    make_certificate(made, holder=HOLDER, now=now())
    return made


@pytest.fixture(scope="module")
def certificate(file):
    return load_certificate(file)


@pytest.fixture(scope="module")
def paper(certificate):
    plain = make_pdf("<!DOCTYPE html><html lang='zh'><title>报告</title><body><h1>报告</h1><p>等级E</p></body></html>")
    return sign(plain, certificate, reason="FM26ABCDEFGHJK")


def test_a_reader_finds_the_signature_valid_and_the_whole_file_under_it(paper, file):
    told = judge(paper, file)
    assert told.bottom_line
    assert told.coverage is SignatureCoverageLevel.ENTIRE_FILE


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_changed_byte_is_found_out(paper, file, part):
    at = int(len(paper) * part)
    changed = paper[:at] + bytes([paper[at] ^ 1]) + paper[at + 1 :]
    told = judge(changed, file)
    assert not told.intact
    assert not told.bottom_line


def test_what_is_added_behind_the_signature_is_found_out(paper, file):
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    writer.root["/Lang"] = generic.pdf_string("xx")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not judge(out.getvalue(), file).bottom_line


def test_a_signature_of_somebody_else_is_not_trusted(paper, tmp_path):
    other = tmp_path / "other.pem"
    make_certificate(other, holder=HOLDER, now=now())
    told = judge(paper, other)
    assert told.intact
    assert not told.trusted


def test_a_signed_paper_can_be_read_out_as_before(paper):
    assert faults_of_accessibility(paper) == []


def test_what_is_told_of_the_signer_is_what_every_reader_shows(certificate):
    der = certificate.own.public_bytes(serialization.Encoding.DER)
    told = certificate.told
    assert (told.holder, told.issuer) == (HOLDER, HOLDER)
    assert told.fingerprint.replace(" ", "").lower() == hashlib.sha256(der).hexdigest()
    assert dt.date.fromisoformat(told.until) == certificate.own.not_valid_after_utc.date()


def test_a_self_made_certificate_is_its_owners_alone_and_is_made_once(file):
    before = file.read_bytes()
    make_certificate(file, holder="x", now=now())
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_key_is_in_no_log(certificate):
    assert "PRIVATE" not in repr(certificate)
    assert "key" not in repr(certificate)


def packed(certificate, passphrase):
    how = serialization.BestAvailableEncryption(passphrase)
    return pkcs12.serialize_key_and_certificates(b"famai", certificate.key, certificate.own, None, how)


def test_a_pkcs12_file_opens_with_its_passphrase_alone(certificate, tmp_path):
    file = tmp_path / "signing.p12"
    file.write_bytes(packed(certificate, b"pass"))
    assert load_certificate(file, passphrase="pass").told == certificate.told
    with pytest.raises(BadCertificate):
        load_certificate(file, passphrase="word")


def test_a_key_may_lie_in_a_file_of_its_own(certificate, tmp_path):
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.write_bytes(certificate.own.public_bytes(serialization.Encoding.PEM))
    how = serialization.BestAvailableEncryption(b"pass")
    key.write_bytes(certificate.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how))
    assert load_certificate(cert, key, "pass").told == certificate.told


def test_the_key_of_another_certificate_is_refused(certificate, tmp_path):
    cert, key = tmp_path / "cert.pem", tmp_path / "other.pem"
    cert.write_bytes(certificate.own.public_bytes(serialization.Encoding.PEM))
    make_certificate(key, holder="x", now=now())
    with pytest.raises(BadCertificate, match="not that of the certificate"):
        load_certificate(cert, key)


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN NOTHING-----"])
def test_a_file_that_holds_no_certificate_is_refused(content, tmp_path):
    file = tmp_path / "x.pem"
    file.write_bytes(content)
    with pytest.raises(BadCertificate):
        load_certificate(file)
