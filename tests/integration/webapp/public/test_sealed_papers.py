"""From the signature of a lawyer to the check by a stranger: the PDF is sealed, and /verify says by whom."""

import html

import pytest
from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.report.signature import load_certificate, make_certificate
from checkup.signoff.reporting import render_and_store
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, worker_scope
from tests.sealed_papers import judge
from tests.visits import be_owner
from webapp.worker_loop import run_worker


@pytest.fixture(scope="module")
def signed(settings):
    """A report that was signed and that the worker has rendered, in a development city."""
    case = make_case(settings, "signed", seed=68)
    run_worker(settings, wait=False)
    return case


@pytest.fixture(scope="module")
def trusted(settings, signed):
    return settings.data_dir / "signing.pem"


def render(settings, case, certificate):
    render_and_store(
        scope=worker_scope(case), checkup_id=case.checkup_id, kind="signed", keys=settings.keyring(),
        files_url=settings.files_url, public_url=settings.public_url, certificate=certificate, now=now(),
    )  # fmt: skip


def paper_of(app, case):
    return be_owner(app, case).get(f"/checkup/{case.checkup_id}/report.pdf").data


def checked(app, case):
    """The page that a stranger sees who types the number on the paper."""
    with unit_of_work(worker_scope(case)) as session:
        number = session.scalars(select(Checkup.verify_number).where(Checkup.id == case.checkup_id)).one()
    return html.unescape(app.test_client().get(f"/verify/{number}").text)


def test_the_paper_an_owner_downloads_is_sealed(app, signed, trusted):
    assert judge(paper_of(app, signed), trusted).bottom_line


def test_one_changed_byte_of_it_breaks_the_seal(app, signed, trusted):
    paper = bytearray(paper_of(app, signed))
    paper[len(paper) // 2] ^= 1
    assert not judge(bytes(paper), trusted).bottom_line


def test_a_stranger_reads_who_sealed_it_and_the_fingerprint_to_compare(app, signed, trusted):
    page, told = checked(app, signed), load_certificate(trusted).told
    assert f"PDF由“{told.holder}”的数字证书签了名" in page
    assert told.fingerprint in page


def test_after_a_change_of_certificates_an_older_paper_is_told_by_the_one_that_sealed_it(
    app, settings, signed, trusted, tmp_path
):
    """Another report is sealed by the new one; of the first nothing is rendered or told anew."""
    other = tmp_path / "new.pem"
    make_certificate(other, holder="新证书", now=now())
    before = paper_of(app, signed)
    render(settings, signed, load_certificate(other))
    assert paper_of(app, signed) == before
    assert load_certificate(trusted).told.fingerprint in checked(app, signed)


def test_an_automatic_result_bears_no_seal(app, settings):
    case = make_case(settings, "submitted", seed=69)
    run_worker(settings, wait=False)
    paper = paper_of(app, case)
    assert paper.startswith(b"%PDF-")
    assert b"/ByteRange" not in paper


def test_without_a_certificate_nothing_is_said_of_a_seal(app, settings):
    case = make_case(settings, "signed", seed=70)
    render(settings, case, None)
    page = checked(app, case)
    assert "这份报告是真的。" in page
    assert "电子签名" not in page
