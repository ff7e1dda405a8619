"""Whoever writes something about a case: each in the state that it needs, in a unit of work that is still open."""

from contextlib import contextmanager

from billing.waivers import application, owner_steps
from billing.waivers.evidence import GivenPaper
from checkup.assisting.agreeing import agree
from checkup.assisting.assist_rules import CALL, PAPER, PHONE
from checkup.assisting.claiming import issue_claim
from checkup.assisting.paper_entries import Sheet, begin_entry
from checkup.cases.checkups import get_checkup_row, save_answer, set_mode
from checkup.cases.models import Checkup
from checkup.correspondence import messages
from checkup.correspondence.attachments import seal_files
from checkup.desk.conflict_step import settle_check
from checkup.fixes import proofs, reminders, steps
from checkup.fixes.reminder_wishes import Wish
from checkup.letters.paid_work import wish_for_work
from checkup.mediation import asking
from checkup.owner import prefilled, ratings, share_links
from checkup.owner.consents import set_consent
from checkup.owner.resume_codes import issue_resume_code
from checkup.owner.transfer import move_to_firm
from checkup.prefill import readings
from checkup.referrals import ratings as body_ratings
from checkup.referrals.drafting import draft
from checkup.referrals.hints import point_to
from checkup.review.locking import get_locked
from checkup.signoff import decisions, signing
from checkup.tickets.ticket_rules import PAGE
from cloud.partners.case_tickets import take_in
from demo.city import demo_id
from demo.stories import CALM
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.files import kept_if_done
from tenants.uploads import CheckedFile
from tests.bodies import find_body
from tests.factories import lawyer_scope, make_case, make_waiver, owner_scope, worker_scope
from tests.helping import SEAT, agreed_of
from tests.licence_readings import read_licence
from tests.licences import found_in, make_licence
from tests.referring import WISH as PACKET
from tests.referring import refer, take_steps
from tests.ticketing import offer_to, receive

PHOTO = CheckedFile("image/jpeg", b"\xff\xd8 a sheet")
PAPERS = (GivenPaper("sales_record", PHOTO),)


class Writing:
    """A case in the state that a writer needs, and what it writes in a unit of work that is still open."""

    state, seed = "signed", 68

    def __init__(self, settings):
        self.settings, self.keys = settings, settings.keyring()
        self.case = make_case(settings, self.state, seed=self.seed)
        self.of_case = {"checkup_id": self.case.checkup_id, "keys": self.keys}
        self.owner = Actor(self.case.owner_id, "店主本人")
        self.prepare()

    def prepare(self):
        """What stands before the two begin."""

    @property
    def scope(self):
        return owner_scope(self.case)

    @contextmanager
    def __call__(self):
        with unit_of_work(self.scope) as session:
            self.write(session)
            yield

    def sealed_file(self):
        with unit_of_work(self.scope) as session:
            return seal_files(session, files=[("a.jpg", PHOTO)], **self.of_case)


class OwnersMessage(Writing):
    @contextmanager
    def __call__(self):
        files = self.sealed_file()
        with (
            kept_if_done(self.settings.files_url, {one.path: one.sealed for one in files}),
            unit_of_work(self.scope) as session,
        ):
            self.write(session, files)
            yield

    def write(self, session, files):
        messages.write_to_lawyer(
            session, text="看一下", files=files, owner_id=self.case.owner_id, now=now(), **self.of_case
        )


class LawyersMessage(OwnersMessage):
    scope = property(lambda self: lawyer_scope(self.case))

    def write(self, session, files):
        messages.write_to_owner(
            session,
            text="好",
            files=files,
            lawyer_id=self.case.lawyer_id,
            lawyer_name="陈晓",
            now=now(),
            **self.of_case,
        )


class ClaimedFix(Writing):
    @contextmanager
    def __call__(self):
        with unit_of_work(self.scope) as session:
            risk = steps.list_fixes(session, checkup_id=self.case.checkup_id)[0].risk
            file = proofs.seal_proof(session, file=PHOTO, **self.of_case)
        with kept_if_done(self.settings.files_url, {file.path: file.sealed}), unit_of_work(self.scope) as session:
            steps.owner_step(
                session, risk=risk, step="claim", why="", proofs=[file], actor_id=self.case.owner_id, now=now(),
                **self.of_case,
            )  # fmt: skip
            yield


class AppliedForRelief(Writing):
    state, seed = "submitted", 31

    def write(self, session):
        ground = application.find_ground(session, now=now(), **self.of_case)
        application.apply_for_relief(
            session, ground=ground, claim=application.Claim(CALM, PAPERS), keys=self.keys, by=self.owner,
            files_url=self.settings.files_url, locale="zh-Hans", now=now(),
        )  # fmt: skip


class PapersHandedIn(Writing):
    state, seed = "submitted", 31

    def prepare(self):
        self.waiver_id = make_waiver(self.settings, self.case, "more_asked")

    def write(self, session):
        owner_steps.answer_more(
            session, waiver_id=self.waiver_id, text="补充", papers=PAPERS, keys=self.keys, by=self.owner,
            files_url=self.settings.files_url, now=now(),
        )  # fmt: skip


class Shared(Writing):
    def write(self, session):
        wanted = share_links.Wanted("bank", 7, "银行")
        self.token = share_links.make_link(session, wanted=wanted, public_url="https://x", now=now(), **self.of_case)


class Rated(Writing):
    def write(self, session):
        ratings.rate(session, given=ratings.Given(1, 2, 3, "一句话"), now=now(), **self.of_case)


class MadeAPacket(Writing):
    def write(self, session):
        draft(
            session, checkup_id=self.case.checkup_id, topic="own:debt", body=find_body("和商"), wish=PACKET,
            certificate="", keys=self.keys, files_url=self.settings.files_url, now=now(),
        )  # fmt: skip


class AskedForMediation(Writing):
    def prepare(self):
        self.referral_id = refer(self.settings, self.case)
        take_steps(self.settings, self.referral_id, "accept")

    def write(self, session):
        wish = asking.Wish("大华食品有限公司", "想谈谈")
        asking.ask(session, referral_id=self.referral_id, wish=wish, by=self.owner, now=now(), **self.of_case)


class RatedABody(Writing):
    def prepare(self):
        self.referral_id = refer(self.settings, self.case)
        take_steps(self.settings, self.referral_id, "accept", "begin", "close:done")

    def write(self, session):
        given = {"checkup_id": self.case.checkup_id, "referral_id": self.referral_id, "now": now()}
        body_ratings.rate(session, given=body_ratings.Given(1, 2), **given)


class PointedToHelp(Writing):
    scope = property(lambda self: lawyer_scope(self.case))

    def write(self, session):
        given = {"service": "debt", "reference": "T26-AAAAAA", "by": "陈晓", "now": now()}
        point_to(session, checkup_id=self.case.checkup_id, **given)


class WishedToBeReminded(Writing):
    def write(self, session):
        reminders.set_wish(session, wish=Wish("email", 3, "a@b.example"), now=now(), **self.of_case)


class Reminded(Writing):
    scope = property(lambda self: worker_scope(self.case))

    def write(self, session):
        row = session.get_one(Checkup, (self.case.firm_id, self.case.checkup_id))
        if not reminders.claim_reminder(session, row, "con.unwritten", city_day(now()), now()):
            raise NotFound


class WishedForWork(Writing):
    def write(self, session):
        wish = {"basis": "own_wish", "chosen_id": self.case.firm_id}
        wish_for_work(session, checkup_id=self.case.checkup_id, by=self.owner, now=now(), **wish)


class TookACodeAlong(Writing):
    def write(self, session):
        issue_resume_code(
            session, firm_id=self.case.firm_id, checkup_id=self.case.checkup_id, person_id=self.case.owner_id,
            phone="13800138000", pepper=self.settings.pepper, now=now(),
        )  # fmt: skip


class Consented(Writing):
    def write(self, session):
        set_consent(
            session, checkup_id=self.case.checkup_id, purpose="follow_up", granted=True, by=self.owner, now=now()
        )


class HelpedOnTheLine(Writing):
    def prepare(self):
        self.agreed = agreed_of(SEAT, purpose=CALL, channel=PHONE)

    def write(self, session):
        agree(session, checkup_id=self.case.checkup_id, agreed=self.agreed, now=now())


class SentAClaimCode(HelpedOnTheLine):
    def prepare(self):
        super().prepare()
        with unit_of_work(self.scope) as session:
            self.help_id = agree(session, checkup_id=self.case.checkup_id, agreed=self.agreed, now=now()).id

    def write(self, session):
        issue_claim(session, help_id=self.help_id, sent="paper", pepper=self.settings.pepper, by=self.owner, now=now())


class TypedFromPaper(HelpedOnTheLine):
    state, seed = "answering", 33

    def prepare(self):
        self.agreed = agreed_of(SEAT, channel=PAPER)

    def write(self, session):
        row = get_checkup_row(session, self.case.checkup_id)
        sheet = Sheet("K7M2Q9TX", row.pack_version, city_day(now()))
        begin_entry(
            session, row=row, agreed=self.agreed, sheet=sheet, typed={"gov.place": "shop"},
            keys=self.settings.keyring(), now=now(),
        )  # fmt: skip


class TookATicketIn(Writing):
    def prepare(self):
        self.number = receive(self.settings)
        offer_to(self.case, self.number)

    def write(self, session):
        take_in(session, number=self.number, channel=PAGE, by=self.owner, now=now(), **self.of_case)


class WentDeeper(Writing):
    state, seed = "answering", 33

    def write(self, session):
        set_mode(session, checkup_id=self.case.checkup_id, mode="deep")


class Answered(Writing):
    state, seed = "answering", 33

    def write(self, session):
        save_answer(
            session, question_id="con.written", raw="unsure", by="owner", via="web", now=now(), **self.of_case
        )  # fmt: skip


class MovedAway(Writing):
    state, seed = "answering", 33

    def write(self, session):
        move_to_firm(session, scope=self.scope, to_firm=demo_id("jiangwan"), by=self.owner, now=now(), **self.of_case)


class LicenceSent(Writing):
    state, seed = "answering", 33

    def write(self, session):
        readings.ask(session, photo=PHOTO, files_url=self.settings.files_url, now=now(), **self.of_case)


class RegisterAnswered(LicenceSent):
    def write(self, session):
        readings.put_answer(session, found=found_in(make_licence(1)), now=now(), **self.of_case)


class LookUpAgreed(LicenceSent):
    def write(self, session):
        prefilled.agree_to_look_up(session, checkup_id=self.case.checkup_id, by=self.owner, now=now())


class LicenceTaken(LicenceSent):
    def prepare(self):
        read_licence(self.settings, self.case)

    def write(self, session):
        prefilled.take_found(
            session, told=vars(found_in(make_licence(1))), by=self.owner, now=now(), **self.of_case
        )  # fmt: skip


class NamesCleared(Writing):
    state, seed = "submitted", 31
    scope = property(lambda self: Scope(Audience.FIRM, self.case.firm_id, demo_id("hubin:3")))

    def write(self, session):
        settle_check(
            session, by=Actor(demo_id("hubin:3"), "何安"), outcome="recuse", reason="认识", parties_version=0,
            takes_case=False, now=now(), **self.of_case,
        )  # fmt: skip


class Advised(Writing):
    state, seed = "in_review", 50
    scope = property(lambda self: lawyer_scope(self.case))

    def write(self, session):
        review = get_locked(session, checkup_id=self.case.checkup_id, version=None)
        decisions.save_advice(
            session, advice="先做第一条", lawyer_id=self.case.lawyer_id, version=review.version, now=now(),
            **self.of_case,
        )  # fmt: skip


class Signed(Writing):
    state, seed = "in_review", 50
    scope = property(lambda self: lawyer_scope(self.case))

    def prepare(self):
        decide_all(self.settings, self.case)

    def write(self, session):
        review = get_locked(session, checkup_id=self.case.checkup_id, version=None)
        signing.sign_off(
            session, lawyer_id=self.case.lawyer_id, version=review.version, now=now(), **self.of_case
        )  # fmt: skip


def decide_all(settings, case):
    with unit_of_work(lawyer_scope(case)) as session:
        review = get_locked(session, checkup_id=case.checkup_id, version=None)
        for finding in decisions.list_findings(session, checkup_id=case.checkup_id):
            decisions.decide_finding(
                session, checkup_id=case.checkup_id, risk=finding.risk, action="confirm", likelihood=None,
                words=decisions.Words(), version=review.version, lawyer_id=case.lawyer_id, keys=settings.keyring(),
                now=now(),
            )  # fmt: skip


WRITERS = [
    kind
    for kind in (
        *Writing.__subclasses__(), *OwnersMessage.__subclasses__(), *HelpedOnTheLine.__subclasses__(),
        *LicenceSent.__subclasses__(),
    )
]  # fmt: skip
