"""One side's steps in a mediation, the same for the owner and for whoever came by a link; and the paper of what both
signed, as PDF and as Word."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.mediation import agreement, steps, talking
from checkup.mediation.events import Taken, get_mediation
from checkup.mediation.models import Mediation
from checkup.mediation.reading import OpenMediation, open_mediation
from tenants.clock import city_day, now
from tenants.database import Scope, unit_of_work
from tenants.errors import FieldFault, Invalid, NotFound
from tenants.login.throttle import Locked, WrongCode
from webapp.edge.installation import case_keys, installation
from webapp.edge.one_time_codes import guard
from webapp.edge.uploads import send_paper
from webapp.forms.providers import TalkForm
from webapp.paper_files import TYPES, make_paper
from webapp.wording.provider_words import CONFLICTS


@dataclass(frozen=True)
class Side:
    """Who acts: in which scope, in which mediation; `checkup_id`: of the owner's case."""

    scope: Scope
    name: str
    mediation_id: uuid.UUID
    checkup_id: uuid.UUID | None = None


def take(side: Side, form: TalkForm) -> list[str] | None:
    """Take the step that the form names: words where it is refused now, None where the form has faults."""
    with form.faults_of_domain():
        if form.validate():
            if form.step.data == "sign":
                _check_code(side, form.code.data)
            with CONFLICTS.told() as refused, unit_of_work(side.scope) as work:
                row = steps.hold(work, side.mediation_id, checkup_id=side.checkup_id)
                _STEPS.get(form.step.data, _plain)(work, row, side, form)
            return refused
    return None


def _check_code(side: Side, code: str) -> None:
    """Wrong tries are counted. Raises: Invalid on `code`."""
    name, pepper = f"{side.mediation_id}:{side.name}", installation().pepper

    def is_right(work: Session, _tried: object) -> bool:
        return agreement.is_right_code(get_mediation(work, side.mediation_id), side.name, code, pepper)

    try:
        guard(installation(), "mediation-sign", name, is_right, scope=side.scope)
    except WrongCode:
        raise Invalid((FieldFault("code", "wrong_code"),)) from None
    except Locked:
        raise Invalid((FieldFault("code", "tried_too_often"),)) from None


def _plain(work: Session, row: Mediation, side: Side, form: TalkForm) -> None:
    taken = Taken(form.step.data, side.name, words=form.words.data)
    steps.side_step(work, row, taken, keys=case_keys(), now=now())


def _paper(work: Session, row: Mediation, side: Side, form: TalkForm) -> None:
    if not form.files.data:
        raise Invalid((FieldFault("files", "required"),))
    for name, file in form.files.data:
        talking.add_paper(
            work,
            row,
            side=side.name,
            name=name,
            file=file,
            is_shared=form.shared.data,
            keys=case_keys(),
            files_url=installation().files_url,
            now=now(),
        )


def _offer(work: Session, row: Mediation, side: Side, form: TalkForm) -> None:
    try:
        talking.put_offer(work, row, side=side.name, words=form.offer.data, keys=case_keys(), now=now())
    except Invalid as refused:
        raise Invalid(tuple(FieldFault("offer", one.code, one.params) for one in refused.faults)) from None


def _open(work: Session, row: Mediation, side: Side, _form: TalkForm) -> None:
    talking.agree_to_open(work, row, side=side.name, now=now())


def _sign(work: Session, row: Mediation, side: Side, form: TalkForm) -> None:
    agreement.sign(work, row, side=side.name, name=form.name.data, keys=case_keys(), now=now())


_STEPS: dict[str, Callable[[Session, Mediation, Side, TalkForm], None]] = {
    "paper": _paper, "offer": _offer, "open": _open, "sign": _sign,
}  # fmt: skip


def send_paper_of(scope: Scope, mediation_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    """A paper as this scope may open it. Raises: NotFound."""
    with unit_of_work(scope) as work:
        row = get_mediation(work, mediation_id)
        media_type, content = talking.open_paper(
            work, row, paper_id=paper_id, keys=case_keys(), files_url=installation().files_url
        )
    return send_paper(content, media_type)


def send_agreement(scope: Scope, mediation_id: uuid.UUID, kind: str) -> Response:
    """The agreement as it stands, signed or not. Raises: NotFound where there is none."""
    with unit_of_work(scope) as work:
        opened = open_mediation(work, get_mediation(work, mediation_id), case_keys())
    if opened.agreement is None or opened.told is None or kind not in TYPES:
        raise NotFound
    return send_paper(make_paper("调解协议书", opened.row.number, _lines(opened), kind), TYPES[kind])


def _lines(opened: OpenMediation) -> list[tuple[str, list[str]]]:
    """The agreement in its parts: a head, and its lines."""
    told, held = opened.told, opened.agreement
    if told is None or held is None:
        raise NotFound
    signed = {"owner": opened.row.owner_signed_at, "other": opened.row.other_signed_at}
    names = {"owner": told.owner, "other": told.other}
    mediator = opened.mediator.name if opened.mediator else ""
    signatures = []
    for side, party in names.items():
        at = signed[side]
        said = f"{held.signers[side]} {city_day(at).isoformat()}" if at and side in held.signers else "（未签）"
        signatures.append(f"{party}：{said}")
    return [
        ("当事人", [f"甲方：{told.owner}", f"乙方：{told.other}"]),
        ("纠纷", [told.title["zh-Hans"]]),
        ("两边谈好的", [line for line in held.points.split("\n") if line.strip()]),
        ("说明", [
            "本协议由两边自愿达成。自协议生效之日起30日内，两边可以共同向有管辖权的人民法院申请司法确认"
            "（《中华人民共和国民事诉讼法》第二百零五条）。",
        ]),
        ("签名", [*signatures, f"调解组织：{opened.body.name}", f"调解员：{mediator}"]),
    ]  # fmt: skip
