"""The desk of the demo firms: room, roster, names that are known, names that owners told."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.conflicts.firm_list import add_party
from checkup.conflicts.parties import save_names
from checkup.conflicts.values import CaseNames
from checkup.desk.capacities import RoomSaid, set_capacity
from checkup.desk.conflict_step import settle_check
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings

_ROOMS = (
    RoomSaid(8, ("emp", "pre"), ("zh", "en"), 19, 22),
    RoomSaid(12, (), ("zh",)),
    RoomSaid(10, ("con", "fin", "tax"), ("zh",)),
)
_KNOWN = (
    ("上海鑫隆物业管理有限公司", "client", "2026-民-011"),
    ("上海永兴餐饮管理有限公司", "client", "2025-顾-003"),
    ("上海百川供应链管理有限公司", "adverse", "2026-民-027"),
    ("张伟", "client", "2026-民-040"),
    ("顾建平", "adverse", "2024-刑-008"),
)
_NAMED = (
    CaseNames("", (), ("永興餐飲", "李师傅")),
    CaseNames("顾建平", ("王芳",), ("上海海纳装饰工程有限公司",)),
    CaseNames("", (), ("Zhang Wei",)),
    CaseNames("陈桂英", (), ("鑫隆物业", "上海百川供应链")),
)


def open_desk(firm_id: uuid.UUID, lawyers: Sequence[tuple[uuid.UUID, str]]) -> None:
    """What a firm has before the first case comes; the first lawyer is its admin."""
    for (person_id, name), room in zip(lawyers, _ROOMS, strict=False):
        with unit_of_work(Scope(Audience.FIRM, firm_id, person_id)) as session:
            set_capacity(session, firm_id=firm_id, by=Actor(person_id, name), said=room, now=now())
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyers[0][0])) as session:
        for name, side, matter in _KNOWN:
            add_party(session, firm_id=firm_id, name=name, side=side, matter=matter, now=now())


def tell_names(settings: Settings, firm_id: uuid.UUID) -> list[uuid.UUID]:
    """The owners of the newest waiting cases name others, most like a name that the firm knows; returns the cases."""
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        query = select(Checkup.id, Checkup.owner_id).where(Checkup.firm_id == firm_id, Checkup.state == "submitted")
        newest = session.execute(query.order_by(Checkup.id.desc()).limit(len(_NAMED))).all()
    for (checkup_id, owner_id), names in zip(newest, _NAMED, strict=False):
        with unit_of_work(Scope(Audience.OWNER, firm_id, owner_id)) as session:
            save_names(session, checkup_id=checkup_id, names=names, keys=settings.keyring())
    return [checkup_id for checkup_id, _owner in newest]


def ask_partner(settings: Settings, firm_id: uuid.UUID, checkup_id: uuid.UUID, lawyer: tuple[uuid.UUID, str]) -> None:
    """A lawyer is not sure about a name that is like one of the firm's clients."""
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer[0])) as session:
        settle_check(
            session,
            checkup_id=checkup_id,
            by=Actor(*lawyer),
            outcome="ask_partner",
            reason="像是我们的客户永兴餐饮，请看是不是同一家。",
            parties_version=1,
            takes_case=False,
            keys=settings.keyring(),
            now=now(),
        )
