"""What a delegate reads: whom she helps and what waits there, and of a case what its owner lets her. Scope(DELEGATE).

Row security shows what runs and nothing else. Which areas of a draft she sees is held here: its answers are sealed
together.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from checkup.cases.asking import FIRST
from checkup.cases.checkups import FACTS, FoundCheckup, OpenCheckup
from checkup.cases.models import CaseKeyRow, Checkup, FindingRow
from checkup.cases.onward import walk_of
from checkup.cases.sealing import CaseKey, Keyring
from checkup.cases.states import DRAFTS
from checkup.cases.told_drafts import find_draft
from checkup.cases.told_risks import told_risk
from checkup.correspondence.models import CaseMessage
from checkup.delegates.models import Delegation
from checkup.fixes.models import Fix
from checkup.fixes.states import TO_DO
from checkup.fixes.steps import OpenFix, read_fixes
from checkup.packs.catalogue import get_pack
from checkup.packs.values import Risk
from checkup.scoring.routing import Walk
from tenants.access.delegates import TOLD_OF_FINDING
from tenants.access.stations import TOLD_OF_DRAFT
from tenants.errors import Conflict, NotFound
from tenants.models import Business, Firm
from tenants.rows import get_one

_TOLD = load_only(*(getattr(Checkup, name) for name in TOLD_OF_DRAFT), raiseload=True)
_WORDED = load_only(*(getattr(FindingRow, name) for name in TOLD_OF_FINDING), raiseload=True)
_CLIENTS = (
    select(Delegation, Checkup, Business.name, Business.trade)
    .select_from(Delegation)
    .join(Checkup, (Checkup.firm_id == Delegation.firm_id) & (Checkup.id == Delegation.checkup_id))
    .join(Business, (Business.firm_id == Checkup.firm_id) & (Business.id == Checkup.business_id))
    .where(Delegation.accepted_at.is_not(None))
    .options(_TOLD)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Client:
    """An owner who has asked this delegate: what was asked, where her checkup stands, what waits for the delegate."""

    delegation: Delegation
    checkup: Checkup
    business_name: str
    trade: str

    @property
    def is_draft(self) -> bool:
        return self.checkup.state in DRAFTS

    @property
    def may_fill(self) -> bool:
        """Whether questions of a draft are hers to answer."""
        return self.is_draft and bool(self.delegation.areas)


@dataclass(frozen=True)
class Waiting:
    """A client and how much waits there: questions without an answer, things to do. `is_early`: its owner has not yet
    told what the questions hang on."""

    client: Client
    questions: int
    fixes: int
    is_early: bool

    @property
    def count(self) -> int:
        return self.questions + self.fixes


@dataclass(frozen=True)
class WordedFix:
    """A thing to do, in the words that fit this case."""

    told: OpenFix
    risk: Risk

    @property
    def fix(self) -> Fix:
        return self.told.fix


@dataclass(frozen=True)
class ReadMessage:
    """A message between owner and lawyer; its files are the owner's."""

    row: CaseMessage
    text: str


def list_clients(session: Session, keys: Keyring) -> Sequence[Waiting]:
    """Whom she helps: those first with whom something waits, by name; then the others."""
    clients = [Client(*row) for row in session.execute(_CLIENTS).tuples()]
    to_do = _count_fixes(session)
    found = [_waiting(session, one, to_do, keys) for one in clients]
    return sorted(found, key=lambda one: (not one.count, one.client.business_name, str(one.client.delegation.id)))


def _waiting(session: Session, one: Client, to_do: Mapping[uuid.UUID, int], keys: Keyring) -> Waiting:
    fixes = to_do.get(one.checkup.id, 0)
    draft = _find_draft(session, one.delegation, keys, lock=False) if one.may_fill else None
    if draft is None:
        return Waiting(one, 0, fixes, is_early=False)
    opened = draft.opened()
    return Waiting(one, walk_in_areas(opened, one.delegation).count_open(), fixes, is_early=not is_told(opened))


def _count_fixes(session: Session) -> Mapping[uuid.UUID, int]:
    query = select(Fix.checkup_id, func.count()).where(Fix.state.in_(sorted(TO_DO))).group_by(Fix.checkup_id)
    return dict(session.execute(query).tuples().all())


def get_client(session: Session, delegation_id: uuid.UUID) -> Client:
    """Raises: NotFound, also once it has ended."""
    row = session.execute(_CLIENTS.where(Delegation.id == delegation_id)).one_or_none()
    if row is None:
        raise NotFound
    return Client(*row)


def open_granted(session: Session, delegation_id: uuid.UUID, keys: Keyring, *, lock: bool) -> FoundCheckup:
    """A draft of which areas are hers to fill, with its answers, locked against other writers if asked.

    Raises: NotFound once it has ended, also while the lock was waited for, or where no area is hers; Conflict `not_now`
    for what is no draft any more.
    """
    client = get_client(session, delegation_id)
    if not client.delegation.areas:
        raise NotFound
    draft = _find_draft(session, client.delegation, keys, lock=lock)
    get_client(session, delegation_id)
    if draft is None:
        raise Conflict("not_now")
    return draft


def _find_draft(session: Session, found: Delegation, keys: Keyring, *, lock: bool) -> FoundCheckup | None:
    return find_draft(session, firm_id=found.firm_id, checkup_id=found.checkup_id, keys=keys, lock=lock)


def is_told(opened: OpenCheckup) -> bool:
    """Whether the owner has told what the path of questions hangs on from the first one on."""
    return not any(opened.told.is_open(field) for field in FIRST)


def walk_in_areas(opened: OpenCheckup, found: Delegation) -> Walk:
    """The path as far as it is in her areas."""
    areas = found.list_areas()
    whole = walk_of(opened)
    return Walk(tuple(one for one in whole.questions if one.domain in areas), whole.answers)


def is_in_areas(opened: OpenCheckup, found: Delegation, question_id: str) -> bool:
    """Whether the pack has such a question, in one of her areas; it may be off the path of these answers."""
    areas = found.list_areas()
    return any(one.id == question_id and one.domain in areas for one in opened.pack.questions)


def list_fixes(session: Session, client: Client, keys: Keyring) -> Sequence[WordedFix]:
    """The things to do of a signed report, in its order. Raises: NotFound where they are not hers to see."""
    if not client.delegation.sees_fixes:
        raise NotFound
    row, pack = client.checkup, get_pack(client.checkup.pack_id, client.checkup.pack_version)
    of_case = select(FindingRow).where(FindingRow.firm_id == row.firm_id, FindingRow.checkup_id == row.id)
    risks = {one.risk: told_risk(pack, row, one) for one in session.scalars(of_case.options(_WORDED))}
    return [WordedFix(one, risks[one.fix.risk]) for one in read_fixes(session, row.id, _case_key(session, row, keys))]


def list_messages(session: Session, client: Client, keys: Keyring) -> Sequence[ReadMessage]:
    """What owner and lawyer have written, oldest first. Raises: NotFound where she is not let read it."""
    if not client.delegation.reads_messages:
        raise NotFound
    row, case = client.checkup, _case_key(session, client.checkup, keys)
    query = select(CaseMessage).where(CaseMessage.firm_id == row.firm_id, CaseMessage.checkup_id == row.id)
    found = session.scalars(query.order_by(CaseMessage.at, CaseMessage.id)).all()
    return [ReadMessage(one, case.unseal(one.sealed_text).decode()) for one in found]


def _case_key(session: Session, row: Checkup, keys: Keyring) -> CaseKey:
    firm_key = session.scalars(select(Firm.wrapped_key).where(Firm.id == row.firm_id)).one()
    query = select(CaseKeyRow.wrapped_key).where(CaseKeyRow.firm_id == row.firm_id, CaseKeyRow.checkup_id == row.id)
    data_key = get_one(session, query.where(CaseKeyRow.opens == FACTS))
    return keys.case(firm_key or b"", str(row.firm_id), data_key, str(row.id))
