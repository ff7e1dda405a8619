"""What owners and lawyers of the demo city write to each other: open and answered questions, a photo, notes."""

import datetime as dt
import io
from collections.abc import Sequence

from PIL import Image

from checkup.cases.checkups import list_findings
from checkup.correspondence.attachments import SealedFile, seal_files, write_sealed
from checkup.correspondence.messages import answer_lawyer, ask_owner, write_to_lawyer, write_to_owner
from checkup.correspondence.models import CaseMessage
from checkup.letters.paid_work import wish_for_work
from demo.cases import Case
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Person
from tenants.uploads import check_file
from webapp.settings import Settings

_HOUR = dt.timedelta(hours=1)
_QUESTIONS = (
    "您和员工签过纸面合同吗？有的话拍一张发来。",
    "房租是交给房东本人，还是交给二房东？",
    "这笔货款有没有送货单或者微信记录？",
)


def talk(settings: Settings, case: Case, *, state: str, number: int, at: dt.datetime) -> None:
    """Something to read in a case in review or signed; in every second review a question is still open."""
    if state == "in_review":
        question = _ask(settings, case, _QUESTIONS[number % len(_QUESTIONS)], min(at + _HOUR, now()))
        if number % 2:
            _answer(settings, case, question, min(at + 2 * _HOUR, now()))
    elif state == "signed":
        _thank(settings, case, at, is_replied=number % 2 == 0)
        if number % 2:
            _wish(case, min(at + 6 * _HOUR, now()))


def _wish(case: Case, at: dt.datetime) -> None:
    """This owner wants the same firm to go on, for a fee, and says so herself."""
    by = Actor(case.owner_id, "店主本人")
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        wish_for_work(session, checkup_id=case.checkup_id, basis="own_wish", chosen_id=case.firm_id, by=by, now=at)


def _ask(settings: Settings, case: Case, text: str, at: dt.datetime) -> CaseMessage:
    lawyer_id = case.lawyer_id or case.owner_id
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, lawyer_id)) as session:
        risks = [finding.risk for finding in list_findings(session, checkup_id=case.checkup_id)]
        return ask_owner(
            session,
            checkup_id=case.checkup_id,
            risk=risks[0] if risks else None,
            text=text,
            lawyer_id=lawyer_id,
            lawyer_name=session.get_one(Person, lawyer_id).name,
            keys=settings.keyring(),
            now=at,
        )


def _answer(settings: Settings, case: Case, question: CaseMessage, at: dt.datetime) -> None:
    files = _photo(settings, case)
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        answer_lawyer(
            session,
            checkup_id=case.checkup_id,
            question_id=question.id,
            text="有的，第一页拍给您了。",
            files=files,
            owner_id=case.owner_id,
            keys=settings.keyring(),
            now=at,
        )


def _photo(settings: Settings, case: Case) -> Sequence[SealedFile]:
    """A page of paper, as a phone would take it."""
    paper = io.BytesIO()
    Image.new("RGB", (480, 640), (244, 241, 232)).save(paper, "JPEG")
    photo = ("合同第一页.jpg", check_file(paper.getvalue(), "files"))
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        sealed = seal_files(session, checkup_id=case.checkup_id, files=[photo], keys=settings.keyring())
    write_sealed(settings.files_url, sealed)
    return sealed


def _thank(settings: Settings, case: Case, at: dt.datetime, *, is_replied: bool) -> None:
    keys = settings.keyring()
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        write_to_lawyer(
            session,
            checkup_id=case.checkup_id,
            text="报告看到了，谢谢！第一条我这周就去办。",
            files=(),
            owner_id=case.owner_id,
            keys=keys,
            now=min(at + 3 * _HOUR, now()),
        )
    if not is_replied or case.lawyer_id is None:
        return
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, case.lawyer_id)) as session:
        write_to_owner(
            session,
            checkup_id=case.checkup_id,
            text="好的，办好拍张照留底。",
            files=(),
            lawyer_id=case.lawyer_id,
            lawyer_name=session.get_one(Person, case.lawyer_id).name,
            keys=keys,
            now=min(at + 5 * _HOUR, now()),
        )
