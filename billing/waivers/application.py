"""An owner applies for relief, answers, appeals, asks for a later date, withdraws. Under the owner's scope."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from billing.hardship import deadlines
from billing.hardship.assessment import Assessment, Proofs, assess
from billing.hardship.budget import has_means
from billing.hardship.facts import OF_BUSINESS, Fact, HardshipFacts
from billing.hardship.models import HardshipPolicy
from billing.hardship.policies import find_policy, policy_of
from billing.hardship.policy import Policy
from billing.waivers.content import MOST_WORDS, Content, open_waiver
from billing.waivers.evidence import GivenPaper, store_papers
from billing.waivers.models import Waiver, WaiverContent
from billing.waivers.steps import is_running, list_waivers, note_act, record_event
from checkup.cases.checkups import open_checkup
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.part_keys import new_part
from checkup.cases.sealing import Keyring
from tenants.audit import Actor
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Business, Firm
from tenants.numbers import mint
from tenants.typed.words import check_words

DECLARATION = "2026-11"
READY = ("submitted", "in_review", "signed", "closed")


@dataclass(frozen=True)
class Claim:
    """What an owner hands in. `wish`: the id of the outcome she would like, or nothing."""

    facts: Mapping[str, Fact]
    papers: tuple[GivenPaper, ...] = ()
    signed_name: str = ""
    wish: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ground:
    """Where an application would be made: the case, its business and the policy that decides."""

    checkup: Checkup
    business: Business
    row: HardshipPolicy
    policy: Policy
    has_means: bool

    def facts(self, told: Mapping[str, Fact]) -> HardshipFacts:
        """What the owner told, and what the checkup knows of the business."""
        known = {name: getattr(self.business, name) for name in OF_BUSINESS if not _is_rough(self.business, name)}
        return HardshipFacts({**told, **known})


def _is_rough(business: Business, name: str) -> bool:
    """Told in a band or not at all: a policy's figure could lie within it."""
    upper = getattr(business, f"{name}_to", None)
    return getattr(business, name) is None or upper not in (None, getattr(business, name))


def find_ground(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> Ground | None:
    """The policy in force today for this case, or None where its bureau has none. Raises: NotFound."""
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    today = city_day(now)
    row = find_policy(session, bureau_id=session.get_one(Firm, opened.row.firm_id).bureau_id, on=today)
    if row is None:
        return None
    policy = policy_of(row.document)
    means = has_means(session, policy_id=row.id, policy=policy, year=today.year)
    return Ground(opened.row, opened.business, row, policy, means)


def assess_claim(ground: Ground, claim: Claim) -> Assessment:
    """What the policy answers to this claim."""
    proofs = Proofs(frozenset(paper.paper for paper in claim.papers), bool(claim.signed_name))
    return assess(ground.policy, ground.facts(claim.facts), proofs, has_means=ground.has_means)


def apply_for_relief(
    session: Session, *, ground: Ground, claim: Claim, keys: Keyring, files_url: str, by: Actor, locale: str,
    now: dt.datetime,
) -> Waiver:  # fmt: skip
    """A new application: sealed, with its papers, its clock running; the firm may recommend, the bureau decides.

    An owner may apply whatever the policy answered. Raises: Conflict `not_now` before there is a result,
    `already_applied` while another application runs or is in force; Invalid for an unknown wish or a long note.
    """
    checkup, policy = hold_case(session, ground.checkup.id), ground.policy
    if checkup.state not in READY:
        raise Conflict("not_now")
    if any(is_running(row, city_day(now)) for row in list_waivers(session, checkup_id=checkup.id)):
        raise Conflict("already_applied")
    if claim.wish and claim.wish not in {one.id for one in policy.outcomes}:
        raise Invalid((FieldFault("wish", "unknown_option"),))
    note = check_words(claim.note, "note", most=MOST_WORDS, needed=False)
    found = assess_claim(ground, claim)
    row = _row(ground, claim, found, locale=locale, now=now)
    session.add(row)
    session.flush()
    key = new_part(session, checkup, row.id, keys)
    content = Content(
        facts=ground.facts(claim.facts).values,
        business_name=ground.business.name,
        signed_name=claim.signed_name,
        declaration_version=DECLARATION if claim.signed_name else "",
    ).with_said(at=now, by=by.name, role="owner", move="apply", text=note)
    session.add(
        WaiverContent(firm_id=row.firm_id, waiver_id=row.id, owner_id=row.owner_id, sealed=key.seal(content.to_bytes()))
    )
    store_papers(session, row=row, key=key, papers=claim.papers, files_url=files_url, now=now)
    record_event(session, row, "apply", was="", role="owner", by=by, now=now)
    note_act(session, row, "applied", by=by)
    return row


def find_same(session: Session, *, ground: Ground, claim: Claim, keys: Keyring, now: dt.datetime) -> Waiver | None:
    """The running application that says the very same: a second tap, or the back button."""
    for row in list_waivers(session, checkup_id=ground.checkup.id):
        if is_running(row, city_day(now)):
            held = open_waiver(session, waiver_id=row.id, keys=keys).content
            said = (dict(held.facts), held.signed_name, held.last("apply"), row.wish)
            told = (dict(ground.facts(claim.facts).values), claim.signed_name, claim.note, claim.wish)
            return row if said == told else None
    return None


def _row(ground: Ground, claim: Claim, found: Assessment, *, locale: str, now: dt.datetime) -> Waiver:
    checkup, business = ground.checkup, ground.business
    return Waiver(
        firm_id=checkup.firm_id,
        id=new_id(),
        checkup_id=checkup.id,
        business_id=business.id,
        owner_id=checkup.owner_id,
        policy_id=ground.row.id,
        number=mint("JM", at=now),
        case_number=checkup.case_number,
        locale=locale,
        answer=found.answer,
        ground=found.ground,
        wish=claim.wish,
        district=business.district,
        section=business.section,
        size=business.size,
        is_declared=bool(claim.signed_name),
        applied_at=now,
        due_on=deadlines.decide_by(ground.policy.clock, city_day(now)),
    )
