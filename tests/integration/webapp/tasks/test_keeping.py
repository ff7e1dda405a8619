"""What is kept for a while goes when its time is over; a file that no row speaks of goes the next night."""

import datetime as dt
import io
import os
import uuid

import pytest
from PIL import Image
from sqlalchemy import select

from billing.waivers.models import WaiverEvidence
from checkup.correspondence.models import CaseFile
from tenants import messages
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import Attempt, LoginSession
from tenants.login.sessions import token_digest
from tenants.login.throttle import attempt_key
from tenants.models import Firm, Message
from tests.factories import make_case, worker_scope
from tests.visits import be_owner, held_id, log_in
from webapp.tasks.keeping import ATTEMPTS_KEPT, MESSAGES_KEPT, SESSIONS_KEPT, forget, sweep_files

LONG_AGO = (now() - dt.timedelta(days=3)).timestamp()


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "in_review", seed=41)


@pytest.fixture
def folder(settings, case):
    made = settings.data_dir / "files" / "cases" / str(case.firm_id) / str(case.checkup_id)
    made.mkdir(parents=True, exist_ok=True)
    return made


def a_photo():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), "照片.jpg"


def write(app, case):
    sent = {"text": "您好", "files": [a_photo()]}
    return be_owner(app, case).post(f"/checkup/{case.checkup_id}/messages", data=sent)


def held_files(settings, case):
    below = settings.data_dir / "files" / "cases" / str(case.firm_id) / str(case.checkup_id)
    return sorted(file for file in below.rglob("*") if file.is_file())


def test_a_refused_message_leaves_no_file(app, settings):
    draft = make_case(settings, "answering", seed=42)
    assert write(app, draft).status_code == 409
    assert held_files(settings, draft) == []


def test_an_old_file_without_a_row_is_swept_and_named_in_the_log(app, settings, case, folder, caplog):
    assert write(app, case).status_code == 302
    kept = held_files(settings, case)
    lost, fresh = folder / "lost.sealed", folder / "fresh.sealed"
    for file in (lost, fresh):
        file.write_bytes(b"x")
    for file in (lost, *kept):
        os.utime(file, (LONG_AGO, LONG_AGO))
    assert sweep_files(settings) == 1
    assert (lost.exists(), fresh.exists(), [file.exists() for file in kept]) == (False, True, [True])
    assert "1 files without a row removed" in caplog.text


def test_no_old_file_that_a_row_speaks_of_is_swept(settings, case):
    with unit_of_work(worker_scope(case)) as work:
        paths = work.scalars(select(CaseFile.path)).all() + work.scalars(select(WaiverEvidence.path)).all()
    files = [settings.data_dir / "files" / path for path in paths]
    for file in files:
        os.utime(file, (LONG_AGO, LONG_AGO))
    sweep_files(settings)
    assert [file.exists() for file in files] == [True] * len(files)
    assert files != []


def test_an_old_session_is_forgotten_and_a_younger_one_stays(app, settings):
    (_, person, one), (*_, other) = (held_id(log_in(app, "lawyer1@hubin.example")) for _ in range(2))
    old, young = token_digest(one), token_digest(other)
    with unit_of_work(Scope(Audience.AUTH, person_id=uuid.UUID(person))) as work:
        work.get_one(LoginSession, old).began_at = now() - SESSIONS_KEPT - dt.timedelta(hours=1)
    forget(settings)
    found = []
    for digest in (old, young):
        with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
            found.append(work.get(LoginSession, digest) is not None)
    assert found == [False, True]


def test_wrong_tries_are_forgotten_after_two_days(settings):
    key = attempt_key(settings.pepper, "password", "somebody")
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        work.add(Attempt(key=key, wrong=3, counted_from=now() - ATTEMPTS_KEPT - dt.timedelta(hours=1)))
    forget(settings)
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        assert work.get(Attempt, key) is None


def test_a_delivered_mail_is_forgotten_and_what_stands_on_a_page_stays(settings, case):
    with unit_of_work(worker_scope(case)) as work:
        about = {"firm_id": case.firm_id, "owner_id": case.owner_id, "to": "x", "locale": "zh-Hans", "now": now()}
        firm = work.get_one(Firm, case.firm_id)
        made = [
            messages.queue_message(work, "lawyer_wrote", channel=channel, number="SH00-AAAAAA", firm=firm, **about)
            for channel in ("sms", "page")
        ]
        for one in made:
            one.delivered_at = now() - MESSAGES_KEPT - dt.timedelta(hours=1)
    forget(settings)
    with unit_of_work(worker_scope(case)) as work:
        left = work.scalars(select(Message.channel).where(Message.id.in_([one.id for one in made]))).all()
    assert left == ["page"]


def test_the_link_of_an_invitation_is_nowhere_once_it_is_in_the_mail(settings, case):
    with unit_of_work(worker_scope(case)) as work:
        row = Message(
            firm_id=case.firm_id, channel="email", recipient="x", template="invitation", subject="s", body="link",
            queued_at=now(),
        )  # fmt: skip
        work.add(row)
        work.flush()
        messages.mark_delivered(work, row.id, now=now())
        assert row.body == ""
