"""One owner of the demo city after the signature: things done and not, a second checkup, shared links, a complaint."""

import datetime as dt
import io
import itertools
import random
import uuid

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from bureau.complaints import complaints, desk
from bureau.complaints.complaints import Said
from checkup.cases import checkups
from checkup.fixes import law_changes, proofs, reminders, steps
from checkup.fixes.models import Fix
from checkup.fixes.proofs import SealedFile
from checkup.fixes.reminder_wishes import Wish
from checkup.owner import ratings, recheck, share_links
from checkup.owner.ratings import Given
from checkup.owner.share_links import Wanted
from checkup.owner.share_tokens import link_digest
from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from checkup.scoring.model import score
from demo.cases import Case, accept, add_case, answer_all, clear, sign_case
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import write_blocks
from tenants.phones import keep_phone, phone_digest
from tenants.uploads import check_file
from webapp.settings import Settings
from webapp.tasks.mending import flag_law_changes

PHONE = "13800138000"
_FINDINGS = range(10, 15)  # enough to mend some, leave some and lose some at the second look
_COMPLAINTS = (
    ("报告里的话看不懂，问了三天没人回。", ""),
    ("电话里说话很急。", "已和律所谈过，换了一位律师。"),
)
_LONG_AGO = dt.timedelta(days=200)


def fill_mending(
    settings: Settings, *, firm_id: uuid.UUID, lawyer_id: uuid.UUID, officer: Actor, bureau: Scope
) -> None:
    """At this firm with this lawyer; the officer of the bureau's scope answers one of two complaints."""
    first = _sign(settings, firm_id, lawyer_id, _LONG_AGO)
    owned = _look_again(settings, first, now() - dt.timedelta(days=9))
    _mend(settings, owned)
    _share(settings, owned)
    _change_law(settings, owned)
    _complain(settings, owned, officer, bureau)
    with unit_of_work(_owner(owned)) as session:
        digest = phone_digest(PHONE, settings.pepper)
        keep_phone(session, person_id=owned.owner_id, digest=digest, held_by=None)


def _owner(case: Case) -> Scope:
    return Scope(Audience.OWNER, case.firm_id, case.owner_id)


def _sign(settings: Settings, firm_id: uuid.UUID, lawyer_id: uuid.UUID, ago: dt.timedelta) -> Case:
    at = now() - ago
    rng = random.Random(_seed(city_day(at)))  # noqa: S311 - synthetic
    return add_case(settings, rng, firm_id=firm_id, state="signed", lawyer_id=lawyer_id, at=at)


def _seed(today: dt.date) -> int:
    """The first seed from which `add_case` makes a business with findings enough, whatever the pack asks by now."""
    return next(seed for seed in itertools.count() if _count_findings(random.Random(seed), today) in _FINDINGS)  # noqa: S311 - synthetic


def _count_findings(rng: random.Random, today: dt.date) -> int:
    pack, profile = get_pack(PACK), simulation.make_details(rng).profile()
    rng.random()  # the consent to statistics
    character, is_express = simulation.make_character(rng), rng.random() < 0.5
    answers = simulation.walk(pack, profile, character, rng, today=today, express=is_express)
    found = score(pack, profile, answers, today=today).findings
    return sum(one.state == "found" and one.likelihood >= 0.3 for one in found)


def _look_again(settings: Settings, first: Case, at: dt.datetime) -> Case:
    """The same business half a year later: some things have been put right meanwhile; signed again."""
    keys, lawyer_id = settings.keyring(), first.lawyer_id or first.owner_id
    with unit_of_work(_owner(first)) as session:
        row = recheck.start_recheck(session, checkup_id=first.checkup_id, keys=keys, now=at)
        opened = checkups.open_checkup(session, checkup_id=row.id, keys=keys)
        kept = [q for q in opened.pack.questions if q.kind == "choice" and q.id in opened.answers]
        worse = [q for q in kept if opened.answers[q.id] not in (q.options[0].id, UNSURE)]
        better = {question.id: question.options[0].id for question in worse[-4:]}
        answer_all(session, checkup_id=row.id, answers=better, keys=keys, at=at)
        checkups.submit_checkup(session, checkup_id=row.id, keys=keys, now=at)
        accept(session, checkup_id=row.id, owner_id=first.owner_id, keys=keys, at=at)
    with unit_of_work(Scope(Audience.FIRM, first.firm_id, lawyer_id)) as session:
        clear(session, checkup_id=row.id, person_id=lawyer_id, takes_case=True, keys=keys, at=at)
    sign_case(settings, firm_id=first.firm_id, checkup_id=row.id, lawyer_id=lawyer_id, at=at)
    return Case(first.firm_id, row.id, first.owner_id, first.lawyer_id)


def _mend(settings: Settings, case: Case) -> None:
    """The first is confirmed, the second waits with a photo, the third came back, the fourth is in hand."""
    keys = settings.keyring()
    with unit_of_work(_owner(case)) as session:
        risks = [fix.risk for fix in steps.list_fixes(session, checkup_id=case.checkup_id)]
        wish = Wish("page", 3, "")
        reminders.set_wish(session, checkup_id=case.checkup_id, wish=wish, keys=keys, now=now())
    photo = _photo(settings, case)
    _step(settings, case, risks[0], "claim", "办好了，每人一份都收好了。", [])
    _step(settings, case, risks[1], "claim", "", [photo])
    _step(settings, case, risks[2], "claim", "弄好了。", [])
    _step(settings, case, risks[3], "take", "", [])
    _word(settings, case, risks[0], "confirm", "很好，收据留两年。")
    _word(settings, case, risks[2], "reopen", "还差最后一页的签字，补上拍给我看就行。")


def _step(settings: Settings, case: Case, risk: str, step: str, why: str, files: list[SealedFile]) -> Fix:
    with unit_of_work(_owner(case)) as session:
        return steps.owner_step(
            session,
            checkup_id=case.checkup_id,
            risk=risk,
            step=step,
            why=why,
            proofs=files,
            actor_id=case.owner_id,
            keys=settings.keyring(),
            now=now(),
        )


def _word(settings: Settings, case: Case, risk: str, step: str, why: str) -> None:
    lawyer_id = case.lawyer_id or case.owner_id
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, lawyer_id)) as session:
        steps.lawyer_step(
            session,
            checkup_id=case.checkup_id,
            risk=risk,
            step=step,
            why=why,
            lawyer_id=lawyer_id,
            keys=settings.keyring(),
            now=now(),
        )


def _photo(settings: Settings, case: Case) -> SealedFile:
    picture, out = Image.new("RGB", (640, 480), "#dfe8e4"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.rectangle((200, 90, 440, 430), outline="#17493d", width=10)
    pen.line((250, 270, 310, 330, 400, 190), fill="#17493d", width=16)
    picture.save(out, "JPEG")
    file = check_file(out.getvalue(), "photo")
    with unit_of_work(_owner(case)) as session:
        sealed = proofs.seal_proof(session, checkup_id=case.checkup_id, file=file, keys=settings.keyring())
    write_blocks(settings.files_url, sealed.path, sealed.sealed)
    return sealed


def _share(settings: Settings, case: Case) -> None:
    """A bank has looked twice; what the landlord got has expired."""
    token = _link(settings, case, Wanted("bank", 7, "建设银行小周"), now() - dt.timedelta(days=1))
    _link(settings, case, Wanted("landlord", 1, "房东"), now() - dt.timedelta(days=3))
    for device in ("微信 · Chrome", "Windows · Edge"):
        with unit_of_work(Scope(Audience.PUBLIC, token=link_digest(token))) as session:
            share_links.open_link(session, token=token, device=device, now=now())


def _link(settings: Settings, case: Case, wanted: Wanted, at: dt.datetime) -> str:
    with unit_of_work(_owner(case)) as session:
        return share_links.make_link(
            session,
            checkup_id=case.checkup_id,
            wanted=wanted,
            keys=settings.keyring(),
            public_url=settings.public_url,
            now=at,
        )


def _change_law(settings: Settings, case: Case) -> None:
    """An article under the first finding changes next month (an invented change, for the demo city alone)."""
    with unit_of_work(_owner(case)) as session:
        law, article = _first_basis(session, case, settings)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        law_changes.record_change(
            session,
            law=law,
            article=article,
            changed_on=city_day(now()) + dt.timedelta(days=30),
            note="演示数据：假设这一条有修改。",
            now=now(),
        )
    flag_law_changes(settings)


def _first_basis(session: Session, case: Case, settings: Settings) -> tuple[str, str]:
    opened = checkups.open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring())
    fix = steps.list_fixes(session, checkup_id=case.checkup_id)[0]
    basis = opened.pack.risk(fix.risk).basis[0]
    return basis.law, basis.articles[0]


def _complain(settings: Settings, case: Case, officer: Actor, bureau: Scope) -> None:
    """An unhappy owner of another business has an answer; this one was content."""
    with unit_of_work(_owner(case)) as session:
        content = Given(5, 4, 5, "说得很明白，谢谢。")
        ratings.rate(session, checkup_id=case.checkup_id, given=content, keys=settings.keyring(), now=now())
    lawyer_id = case.lawyer_id or case.owner_id
    for words, outcome in _COMPLAINTS:
        other = _sign(settings, case.firm_id, lawyer_id, dt.timedelta(days=4))
        with unit_of_work(_owner(other)) as session:
            bad = Given(2, 1, 3, "")
            ratings.rate(session, checkup_id=other.checkup_id, given=bad, keys=settings.keyring(), now=now())
            ratings.answer_offer(session, checkup_id=other.checkup_id, wants_call=True)
            made = complaints.open_complaint(
                session,
                checkup_id=other.checkup_id,
                said=Said(words, "021-62345678", True),
                keys=settings.keyring(),
                now=now() - dt.timedelta(days=3),
            ).id
        if outcome:
            with unit_of_work(bureau) as session:
                desk.settle(session, complaint_id=made, outcome=outcome, by=officer, keys=settings.keyring(), now=now())
