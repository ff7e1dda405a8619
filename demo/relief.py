"""The demo city's hardship policy, and applications for relief in every state."""

import datetime as dt
import io
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from billing.hardship.policies import decide_policy, propose_policy
from billing.hardship.policy_reader import read_shipped
from billing.waivers import application, decisions, follow_up, owner_steps, policy_simulation
from billing.waivers.content import get_waiver
from billing.waivers.decisions import Award, Step
from billing.waivers.evidence import GivenPaper
from checkup.cases.checkups import get_checkup_row
from checkup.conflicts.checks import is_open_to
from checkup.conflicts.known_parties import look_for_conflicts
from checkup.conflicts.rules import BY_PARTNER, what_clearing_takes
from checkup.desk.conflict_step import settle_check
from demo.cases import Case
from demo.stories import CALM, STORIES, Story
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.uploads import CheckedFile
from webapp.settings import Settings

_FIRST_DAY = dt.date(2026, 1, 1)
_ON_PATH = {
    "applied": (), "more_asked": ("ask",), "recommended": ("recommend",), "granted": ("recommend", "grant"),
    "refused": ("recommend", "refuse"), "appealed": ("recommend", "refuse", "appeal"),
    "decided": ("recommend", "refuse", "appeal", "uphold"), "reset_asked": ("recommend", "grant", "ask_reset"),
    "revoked": ("recommend", "grant", "revoke"),
}  # fmt: skip
_WORDS = {
    "ask": "请拍一下最近三个月的收款记录。",
    "recommend": "和店主核过收款记录，情况属实。",
    "grant": "材料齐全，符合办法。",
    "refuse": "收款记录显示生意没有少这么多。",
    "appeal": "收款记录里有一笔是亲戚借的钱，不是生意。",
    "uphold": "另查了三个月的记录，结论不变。",
    "ask_reset": "旧债还没收回来，这个月付不出。",
}


@dataclass(frozen=True)
class Officers:
    """Two officers of the city's bureau: one proposes and decides, the other approves and hears appeals."""

    bureau_id: uuid.UUID
    first: Actor
    second: Actor

    def scope(self, actor: Actor) -> Scope:
        return Scope(Audience.BUREAU, person_id=actor.id, bureau_id=self.bureau_id)


def open_policy(settings: Settings, officers: Officers, *, document: str | None = None) -> uuid.UUID:
    """The shipped policy, proposed by one officer, simulated, approved by the other."""
    today, at = _FIRST_DAY - dt.timedelta(days=30), now()
    with unit_of_work(officers.scope(officers.first)) as session:
        row = propose_policy(
            session, bureau_id=officers.bureau_id, document=document or read_shipped(), why="按市里文件制定第一版",
            by=officers.first, today=today, now=at,
        )  # fmt: skip
    with unit_of_work(Scope(Audience.WORKER)) as session:
        policy_simulation.store_simulation(session, policy_id=row.id, tally=policy_simulation.Tally())
    with unit_of_work(officers.scope(officers.second)) as session:
        decide_policy(
            session, bureau_id=officers.bureau_id, policy_id=row.id, decision="approve", by=officers.second,
            today=today, now=at,
        )  # fmt: skip
    return row.id


def photo(rng: random.Random) -> bytes:
    """A picture of a sheet of paper with lines, as a phone takes it."""
    sheet = Image.new("RGB", (480, 640), (250, 248, 240))
    pen = ImageDraw.Draw(sheet)
    for line in range(60, 580, 28):
        pen.line((40, line, 40 + rng.randrange(180, 400), line), fill=(60, 60, 70), width=3)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=70)
    return out.getvalue()


def add_waiver(
    settings: Settings, case: Case, story: Story, officers: Officers, *, at: dt.datetime, rng: random.Random,
    apart: dt.timedelta = dt.timedelta(hours=1),
) -> uuid.UUID:  # fmt: skip
    """One application of the case's owner, taken to its state by the services that people use, step by step `apart`."""
    keys, owner = settings.keyring(), Actor(case.owner_id, "店主本人")
    papers = tuple(GivenPaper(one, CheckedFile("image/jpeg", photo(rng))) for one in story.papers)
    claim = application.Claim({**CALM, **story.facts}, papers, story.signed_name, story.wish)
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        ground = application.find_ground(session, checkup_id=case.checkup_id, keys=keys, now=at)
        if ground is None:
            raise LookupError("the bureau has no policy in force")
        row = application.apply_for_relief(
            session, ground=ground, claim=claim, keys=keys, files_url=settings.files_url, by=owner, locale="zh-Hans",
            now=at,
        )  # fmt: skip
    for number, move in enumerate(_ON_PATH[story.state], start=1):
        if move in ("recommend", "ask") and not _has_looked_at_names(settings, case, at=at + number * apart):
            break  # a partner has to say first whether there is a conflict
        _step(settings, case, row.id, move, story, officers, at=at + number * apart)
    return row.id


def _step(
    settings: Settings, case: Case, waiver_id: uuid.UUID, move: str, story: Story, officers: Officers, *,
    at: dt.datetime,
) -> None:  # fmt: skip
    keys = settings.keyring()
    who = {"uphold": officers.second, "recommend": Actor(case.lawyer_id, "律师"), "ask": Actor(case.lawyer_id, "律师")}
    by = who.get(move, officers.first)
    scope = officers.scope(by)
    if move in ("recommend", "ask"):
        scope = Scope(Audience.FIRM, case.firm_id, case.lawyer_id)
    if move in ("appeal", "ask_reset"):
        scope, by = Scope(Audience.OWNER, case.firm_id, case.owner_id), Actor(case.owner_id, "店主本人")
    with unit_of_work(scope) as session:
        step = Step(move, get_waiver(session, waiver_id).version, _WORDS.get(move, ""))
        given = {"waiver_id": waiver_id, "keys": keys, "by": by, "now": at}
        if move == "ask":
            decisions.ask_more(session, step=step, role="firm", **given)
        elif move == "recommend":
            decisions.recommend(session, step=step, **given)
        elif move == "appeal":
            owner_steps.appeal(session, text=step.text, **given)
        elif move == "ask_reset":
            owner_steps.ask_reset(session, text=step.text, **given)
        elif move == "revoke":
            follow_up.revoke(
                session, waiver_id=waiver_id, version=step.version, reason="false_statement", by=by, now=at
            )
        else:
            award = Award(story.outcome) if move == "grant" else None
            decisions.decide(session, step=step, award=award, chance=50, **given)


def _has_looked_at_names(settings: Settings, case: Case, *, at: dt.datetime) -> bool:
    """Only who has found no conflict reads an application."""
    lawyer_id, keys = case.lawyer_id, settings.keyring()
    if lawyer_id is None:
        return False
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, lawyer_id)) as session:
        row = get_checkup_row(session, case.checkup_id)
        if is_open_to(session, row, lawyer_id, at):
            return True
        parties, version, hits = look_for_conflicts(session, row, keys)
        if what_clearing_takes(parties, hits) == BY_PARTNER:
            return False
        settle_check(
            session, checkup_id=row.id, by=Actor(lawyer_id, "律师"), outcome="clear", reason="核对过，不是同一家",
            parties_version=version, takes_case=False, keys=keys, now=at,
        )  # fmt: skip
    return True


def fill_relief(settings: Settings, officers: Officers, cases: Sequence[Case], *, seed: int) -> None:
    """A policy in force, and an application for every case that has a result, as far as the stories go."""
    open_policy(settings, officers)
    rng = random.Random(seed)  # noqa: S311 - a synthetic city, not a secret
    for number, (case, story) in enumerate(zip(cases, STORIES, strict=False)):
        at = now() - dt.timedelta(days=1 + number % 6, hours=6)
        add_waiver(settings, case, story, officers, at=at, rng=rng)
