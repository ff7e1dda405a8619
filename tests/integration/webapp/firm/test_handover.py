"""A lawyer with twelve cases leaves: what was shown happens, nobody waits for her, nothing of hers opens any more."""

import json
import re

import pytest
from sqlalchemy import func, select

from checkup.conflicts.models import ConflictCheck
from checkup.correspondence.messages import write_to_lawyer
from checkup.desk.assignment import take_review
from checkup.desk.handover import read_duties
from checkup.desk.models import Capacity, GreenCall, OnCall
from checkup.desk.roster import plan_day
from checkup.review.models import Review
from checkup.review.states import HELD
from checkup.signoff import signing
from demo.city import PASSWORD, demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import Invitation
from tenants.models import Message, Person
from tests.factories import find_no_conflict, make_case, owner_scope, worker_scope
from tests.signing_desk import Desk, make_desk
from tests.visits import log_in
from tests.working_off import work_but_papers

FIRM, LEAVER, HEIR = demo_id("hubin"), demo_id("hubin:3"), demo_id("hubin:1")
ADMIN, EMAIL = "lawyer1@hubin.example", "lawyer3@hubin.example"
CASES = 12
INVITATION = r"/auth/invitation/[\w-]+"
END = f"/firm/people/{LEAVER}/end"


def as_firm(person_id=HEIR):
    return unit_of_work(Scope(Audience.FIRM, FIRM, person_id))


def in_hand():
    with as_firm() as session:
        hers = select(Review).where(Review.lawyer_id == LEAVER, Review.state.in_((*HELD, "offered")))
        return [one.checkup_id for one in session.scalars(hers)]


def links_in_mail(settings, to, pattern):
    """What arrived; a message that was delivered keeps no link."""
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return [found[0] for one in sent if one["to"] == to and (found := re.search(pattern, one["body"]))]


@pytest.fixture(scope="module")
def left(settings, app):
    """She had twelve cases, one of them signed by her first, a signed one with a message, two invitations, a day of the
    roster; the admin saw what would happen and chose an heir."""
    client, admin = log_in(app, EMAIL), log_in(app, ADMIN)
    before = links_in_mail(settings, EMAIL, INVITATION)
    for seed in range(CASES - 1):
        make_case(settings, "in_review", lawyer=3, seed=seed)
    waiting = make_desk(settings, red=True, lawyer=3)
    waiting.decide_all()
    assert waiting.mine(signing.sign_off) is None
    signed = make_case(settings, "signed", lawyer=3, seed=77)
    with unit_of_work(owner_scope(signed)) as session:
        write_to_lawyer(
            session, checkup_id=signed.checkup_id, text="还有一个问题", files=(), owner_id=signed.owner_id,
            keys=settings.keyring(), now=now(),
        )  # fmt: skip
    with as_firm() as session:
        plan_day(session, firm_id=FIRM, day=city_day(now()), people={1: LEAVER, 2: HEIR})
    for role in ("lawyer", "firm_admin"):
        assert admin.post("/firm/people/invite", data={"email": EMAIL, "role": role}).status_code == 302
    work_but_papers(settings)
    with as_firm() as session:
        duties = read_duties(session, firm_id=FIRM, person_id=LEAVER, today=city_day(now()))
    cases, preview = in_hand(), admin.get(END).text
    answer = admin.post(END, data={"cases": str(len(cases)), "heir": str(HEIR)})
    assert answer.status_code == 302, answer.text
    return {
        "preview": preview,
        "duties": duties,
        "cases": cases,
        "waiting": waiting,
        "signed": signed,
        "client": client,
        "links": [one for one in links_in_mail(settings, EMAIL, INVITATION) if one not in before],
        "admin": admin,
    }


@pytest.fixture(scope="module")
def handed(settings, left):
    work_but_papers(settings)
    return left


def test_what_moves_to_whom_was_shown_before(left):
    hers = left["duties"]
    assert (len(hers.cases) >= CASES, len(hers.unsigned), hers.signed >= 1, hers.days >= 1) == (True, 1, True, True)
    said = (
        f"手上的{len(hers.cases)}件体检转出去",
        "其中1件已签名",
        f"{hers.signed}件已签发的体检换人联系",
        f"从今天起的{hers.days}天值班空出来",
        *hers.cases,
    )
    assert [words for words in said if words not in left["preview"]] == []


def test_the_session_of_before_opens_nothing(left):
    assert left["client"].get("/lawyer/").location.startswith("/auth/login")


def test_the_invitations_of_before_open_nothing(app, left):
    assert len(left["links"]) == 2
    for link in left["links"]:
        assert app.test_client().get(link).status_code == 409
        assert app.test_client().post(link, data={"name": "何安", "password": PASSWORD}).status_code == 409


def test_her_password_opens_no_firm(app, left):
    answer = app.test_client().post("/auth/login", data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 422


def test_every_case_in_hand_is_offered_to_the_heir(handed):
    assert in_hand() == []
    with as_firm() as session:
        rows = session.scalars(select(Review).where(Review.checkup_id.in_(handed["cases"]))).all()
    assert len(rows) == len(handed["cases"]) >= CASES
    assert {(one.state, one.lawyer_id, one.first_signed_at) for one in rows} == {("offered", HEIR, None)}


def test_the_heir_goes_on_where_she_stopped(settings, handed):
    case = handed["waiting"].case
    find_no_conflict(settings, case, HEIR)
    with as_firm() as session:
        take_review(session, checkup_id=case.checkup_id, lawyer_id=HEIR, now=now())
    heirs = Desk(settings, type(case)(**{**vars(case), "lawyer_id": HEIR}))
    assert all(said.action for said in heirs.content().findings if said.risk in heirs.risks())


def test_the_owner_of_a_signed_case_is_answered_by_the_heir(settings, handed):
    with as_firm() as session:
        review = session.get_one(Review, (FIRM, handed["signed"].checkup_id))
        assert (review.lawyer_id, review.reply_by is not None) == (HEIR, True)
    with unit_of_work(worker_scope(handed["signed"])) as session:
        query = select(func.count()).where(Message.template == "case_written", Message.recipient == ADMIN)
        assert session.scalar(query) >= 1


def test_her_duties_end(handed):
    with as_firm() as session:
        assert session.scalars(select(OnCall).where(OnCall.person_id == LEAVER)).all() == []
        hers = select(GreenCall).where(GreenCall.responsible_id == LEAVER, GreenCall.state != "done")
        assert session.scalars(hers).all() == []
        clear = select(ConflictCheck).where(ConflictCheck.person_id == LEAVER, ConflictCheck.outcome == "clear")
        assert session.scalars(clear).all() == []


def test_nobody_who_has_left_is_offered_a_case(settings, handed):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        assert session.get(Capacity, (FIRM, LEAVER)) is not None
    make_case(settings, "submitted", seed=901)
    work_but_papers(settings)
    assert in_hand() == []


def test_the_way_to_her_own_record_stays_hers(app, settings, handed):
    (link,) = links_in_mail(settings, EMAIL, r"/record/[\w.-]+")
    assert app.test_client().get(link).status_code == 200


def test_a_page_that_is_old_by_now_asks_again(settings, app):
    admin, person = log_in(app, ADMIN), demo_id("hubin:2")
    answer = admin.post(f"/firm/people/{person}/end", data={"cases": "999", "heir": ""})
    assert (answer.status_code, "请再看一遍" in answer.text) == (409, True)
    with as_firm() as session:
        assert session.get(Person, person) is not None


def test_an_invitation_sent_again_ends_the_one_before_and_can_be_taken_back(app):
    admin = log_in(app, ADMIN)
    for _ in range(2):
        admin.post("/firm/people/invite", data={"email": "new@hubin.example", "role": "lawyer"})
    with as_firm() as session:
        query = select(Invitation).where(Invitation.email == "new@hubin.example", Invitation.expires_at > now())
        row = session.scalars(query).one()
    assert admin.post(f"/firm/people/invitations/{row.id}/cancel").status_code == 302
    with as_firm() as session:
        assert session.get_one(Invitation, row.digest).expires_at <= now()
