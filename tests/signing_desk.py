"""A case under review and what its people do with it, each in a unit of work of its own."""

from sqlalchemy import select

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.models import Checkup
from checkup.desk.assignment import return_review
from checkup.review.models import Review
from checkup.signoff import decisions
from checkup.signoff.content import Words
from checkup.signoff.editions import list_editions, open_edition
from checkup.signoff.models import Signing
from checkup.signoff.reporting import load_report
from checkup.signoff.signing import build_content
from demo.cases import clear
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import find_no_conflict, lawyer_scope, make_case, owner_scope

PARTNER = demo_id("hubin:2")


class Desk:
    """One case under review, and what its people do with it, each in a unit of work of its own."""

    def __init__(self, settings, case):
        self.settings, self.case, self.keys = settings, case, settings.keyring()
        self.of_case = {"checkup_id": case.checkup_id, "keys": self.keys}

    def __call__(self, service, *, person_id=None, **given):
        """The service in a unit of its own, by this person (the case's lawyer if none is named)."""
        person_id = person_id or self.case.lawyer_id
        with unit_of_work(Scope(Audience.FIRM, self.case.firm_id, person_id)) as session:
            version = given.pop("version", None)
            version = self.review(session).version if version is None else version
            return service(session, **self.of_case, version=version, now=now(), **given)

    def review(self, session):
        return session.get_one(Review, (self.case.firm_id, self.case.checkup_id))

    def mine(self, service, **given):
        return self(service, lawyer_id=self.case.lawyer_id, **given)

    def partners(self, service, **given):
        return self(service, person_id=PARTNER, partner_id=PARTNER, **given)

    def clear(self, person_id):
        """Somebody else of the firm finds no conflict, so that the facts are open to her."""
        with unit_of_work(Scope(Audience.FIRM, self.case.firm_id, person_id)) as session:
            clear(session, **self.of_case, person_id=person_id, takes_case=False, at=now())

    def risks(self, colour=None):
        with unit_of_work(lawyer_scope(self.case)) as session:
            found = list_findings(session, checkup_id=self.case.checkup_id)
            return [f.risk for f in found if f.state == "found" and colour in (None, f.colour)]

    def decide(self, risk, action="confirm", likelihood=None, **words):
        return self.mine(
            decisions.decide_finding, risk=risk, action=action, likelihood=likelihood, words=Words(**words)
        )

    def decide_all(self):
        for risk in self.risks():
            self.decide(risk)

    def give_back(self):
        with unit_of_work(lawyer_scope(self.case)) as session:
            by = Actor(self.case.lawyer_id, "陈晓")
            return_review(session, checkup_id=self.case.checkup_id, by=by, why="unsaid", now=now())

    def editions(self):
        with unit_of_work(owner_scope(self.case)) as session:
            row = session.get_one(Checkup, (self.case.firm_id, self.case.checkup_id))
            return [
                open_edition(session, row=row, edition=edition, keys=self.keys)
                for edition in list_editions(session, self.case.checkup_id)
            ]

    def content(self):
        """What a signature would cover now."""
        with unit_of_work(lawyer_scope(self.case)) as session:
            row = session.get_one(Checkup, (self.case.firm_id, self.case.checkup_id))
            case = open_case(session, row, self.keys)
            return build_content(session, row=row, review=self.review(session), case=case)

    def report(self, **given):
        with unit_of_work(owner_scope(self.case)) as session:
            return load_report(
                session, **self.of_case, kind="signed", locale="zh-Hans", public_url="", now=now(), **given
            )

    def steps(self):
        with unit_of_work(lawyer_scope(self.case)) as session:
            query = select(Signing.step).where(Signing.checkup_id == self.case.checkup_id)
            return list(session.scalars(query.order_by(Signing.at, Signing.id)))


def make_desk(settings, *, red, lawyer=1, least=1):
    """A case in review with at least so many findings, some red or none."""
    for seed in range(100, 160):
        case = make_case(settings, "in_review", lawyer=lawyer, seed=seed)
        desk = Desk(settings, case)
        if bool(desk.risks("red")) == red and len(desk.risks()) >= least:
            if case.lawyer_id != PARTNER:
                find_no_conflict(settings, case, PARTNER)
            return desk
    raise AssertionError("no such case among the seeds")


class Undo(Exception):
    """Ends a unit of work without keeping it."""
