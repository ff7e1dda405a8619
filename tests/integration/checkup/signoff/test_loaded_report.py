"""What a report takes from the city: the firm's face, the days of the list of what to do, the checkup before."""

import dataclasses
import datetime as dt
import io

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from checkup.cases import checkups
from checkup.cases.documents import find_document, open_document
from checkup.cases.models import FindingRow
from checkup.fixes.models import Fix
from checkup.owner import recheck
from checkup.signoff.reporting import load_report, render_and_store
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import write_file
from tenants.firms.profile import set_logo
from tenants.models import Firm
from tenants.uploads import check_logo, record_upload
from tests.factories import Case, make_case, owner_scope, worker_scope

MONTHS_AGO = dt.timedelta(days=200)


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "signed", seed=68, at=now() - MONTHS_AGO)


def report_of(settings, case, kind="signed"):
    with unit_of_work(owner_scope(case)) as session:
        return load_report(
            session, checkup_id=case.checkup_id, kind=kind, locale="zh-Hans", keys=settings.keyring(),
            public_url="https://famai.example", now=now(),
        )  # fmt: skip


@pytest.fixture(scope="module")
def second(settings, case):
    """The same business half a year later, with the same answers."""
    keys = settings.keyring()
    with unit_of_work(owner_scope(case)) as session:
        row = recheck.start_recheck(session, checkup_id=case.checkup_id, keys=keys, now=now())
        checkups.submit_checkup(session, checkup_id=row.id, keys=keys, now=now())
        return Case(case.firm_id, row.id, case.owner_id, case.lawyer_id)


def test_the_letterhead_is_the_firms_own(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        firm = session.get_one(Firm, case.firm_id)
        own = (firm.name, firm.name_en, firm.licence_number, firm.address, firm.phone, "")
    assert dataclasses.astuple(report_of(settings, case).letterhead) == own


def test_report_and_list_of_what_to_do_give_each_finding_the_same_day(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        rows = session.scalars(select(Fix).where(Fix.checkup_id == case.checkup_id)).all()
        listed = {fix.risk: fix.due_on for fix in rows}
    told = {entry.risk: entry.planned_on or entry.due for entry in report_of(settings, case).findings}
    assert listed
    assert {risk: told[risk] for risk in listed} == listed


def test_the_first_checkup_has_no_trend(settings, case):
    report = report_of(settings, case)
    assert report.earlier_on is None
    assert {area.was for area in report.areas} == {""}


def test_a_later_checkup_says_how_each_area_moved_since_the_one_before(settings, case, second):
    report, before = report_of(settings, second, "automatic"), report_of(settings, case)
    assert report.earlier_on == before.submitted_on
    assert {area.id: area.was for area in report.areas} == {area.id: area.light for area in before.areas}


def test_what_a_lawyer_dismissed_last_time_lights_no_area_of_then(settings, case, second):
    with unit_of_work(worker_scope(case)) as session:
        rows = session.scalars(select(FindingRow).where(FindingRow.checkup_id == case.checkup_id)).all()
        for row in rows:
            row.lawyer_action = "dismiss"
    was = {area.was for area in report_of(settings, second, "automatic").areas}
    assert was <= {"green", "grey"}


def test_the_logo_stands_on_the_paper(settings, case):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "#17493d").save(drawn, "PNG")
    picture = check_logo(drawn.getvalue(), "logo")
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, case.lawyer_id)) as session:
        row = record_upload(session, firm_id=case.firm_id, purpose="logo", name="logo", file=picture, now=now())
        write_file(settings.files_url, row.path, picture.content)
        set_logo(session.get_one(Firm, case.firm_id), row.id)
    render_and_store(
        scope=worker_scope(case), checkup_id=case.checkup_id, kind="signed", keys=settings.keyring(),
        files_url=settings.files_url, public_url="https://famai.example", now=now(),
    )  # fmt: skip
    with unit_of_work(worker_scope(case)) as session:
        opened = checkups.open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring()).row
        document = find_document(session, checkup_id=case.checkup_id, kind="signed", locale=opened.locale)
        key = checkups.open_case(session, opened, settings.keyring())
        pdf = open_document(settings.files_url, document, key).read()
    sizes = [image.image.size for image in PdfReader(io.BytesIO(pdf)).pages[0].images]
    assert sizes == [(60, 40)]
