"""The firm's finding library: texts that lawyers write again and again, each with its plain-language twin."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row
from checkup.packs.catalogue import get_pack
from checkup.packs.values import Pack
from checkup.signoff import citation_checks
from checkup.signoff.citations import cited, plain_title
from checkup.signoff.content import Words
from checkup.signoff.models import TextBlock
from checkup.signoff.rules import MOST_TEXT
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.typed.text import prose

MOST_TITLE = 80
MOST_OFFERED = 9


@dataclass(frozen=True)
class BlockDraft:
    """What a lawyer typed. `risk` and `law` are ids of the pack, or empty: then the block is offered everywhere. With a
    law it is offered where the risk rests on an article that it cites."""

    risk: str
    law: str
    title: str
    text: str
    plain: str

    def trimmed(self) -> "BlockDraft":
        return BlockDraft(*(prose(getattr(self, field)) for field in BlockDraft.__dataclass_fields__))


def list_blocks(session: Session, *, firm_id: uuid.UUID) -> Sequence[TextBlock]:
    """The firm's blocks that are in use, by what they hang on, then by title."""
    query = select(TextBlock).where(TextBlock.firm_id == firm_id, TextBlock.retired_at.is_(None))
    return session.scalars(query.order_by(TextBlock.risk.nulls_last(), TextBlock.law, TextBlock.title)).all()


def offered(blocks: Iterable[TextBlock], pack: Pack, risk: str) -> list[TextBlock]:
    """The blocks for one finding, at most nine: those of the risk first, then those that cite an article on which the
    risk rests, then the general ones. A law alone is no tie: a whole code is about everything."""
    rests_on = {basis.law: frozenset(basis.articles) for basis in pack.risk(risk).basis}
    ranked = [(_nearness(block, pack, risk, rests_on), block) for block in blocks]
    fitting = sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: (pair[0], pair[1].title))
    return [block for _, block in fitting][:MOST_OFFERED]


def _nearness(block: TextBlock, pack: Pack, risk: str, rests_on: Mapping[str, frozenset[str]]) -> int | None:
    if block.risk is not None:
        return 0 if block.risk == risk else None
    if block.law is not None:
        return 1 if _articles_of(block, pack) & rests_on.get(block.law, frozenset()) else None
    return 2


def _articles_of(block: TextBlock, pack: Pack) -> frozenset[str]:
    """The articles of its law that a block cites."""
    law = pack.laws.get(block.law or "")
    title = plain_title(law.title["zh-Hans"]) if law else ""
    found = [one.articles for one in cited(f"{block.text} {block.plain}") if plain_title(one.title) == title]
    return frozenset(article for articles in found for article in articles)


def get_block(session: Session, *, firm_id: uuid.UUID, block_id: uuid.UUID) -> TextBlock:
    """A block in use, locked. Raises: NotFound."""
    query = select(TextBlock).where(TextBlock.firm_id == firm_id, TextBlock.id == block_id).with_for_update()
    block = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if block is None or block.retired_at is not None:
        raise NotFound
    return block


def save_block(
    session: Session,
    *,
    firm_id: uuid.UUID,
    block_id: uuid.UUID | None,
    draft: BlockDraft,
    version: int,
    pack_id: str,
    by: str,
    now: dt.datetime,
) -> TextBlock:
    """Add a block (no id) or change one. `by` is the name shown beside it.

    Raises: NotFound; Conflict `stale` when somebody changed it meanwhile; Invalid on `risk`, `law`, `title`, `text`,
    `plain`, also for a law that is cited although it has ended.
    """
    draft, pack = draft.trimmed(), get_pack(pack_id)
    block = TextBlock(firm_id=firm_id) if block_id is None else get_block(session, firm_id=firm_id, block_id=block_id)
    if faults := _faults(draft, pack):
        raise Invalid(faults)
    citation_checks.refuse_ended(pack, {"text": draft.text, "plain": draft.plain}, now=now)
    if block_id is None:
        session.add(block)
    elif block.version != version:
        raise Conflict("stale")
    block.risk, block.law = draft.risk or None, draft.law or None
    block.title, block.text, block.plain = draft.title, draft.text, draft.plain
    block.changed_by, block.changed_at = by, now
    session.flush()
    return block


def insert_block(
    session: Session, *, checkup_id: uuid.UUID, block_id: uuid.UUID | None, words: Words, now: dt.datetime
) -> Words:
    """The words with a block's text and twin added behind what is there; nothing is saved.

    Raises: NotFound; Invalid with the reason for a block whose law no longer holds.
    """
    row = get_checkup_row(session, checkup_id)
    if block_id is None:
        raise NotFound
    block, pack = get_block(session, firm_id=row.firm_id, block_id=block_id), get_pack(row.pack_id, row.pack_version)
    if faults := citation_checks.block_faults(session, block=block, pack=pack, now=now):
        raise Invalid(faults)
    text, plain = ("\n".join(filter(None, pair)) for pair in ((words.text, block.text), (words.plain, block.plain)))
    return Words(words.reason, text, plain)


def retire_block(
    session: Session, *, firm_id: uuid.UUID, block_id: uuid.UUID, version: int, by: str, now: dt.datetime
) -> None:
    """Offer a block no more; reports that used it keep their words. Raises: NotFound, Conflict `stale`."""
    block = get_block(session, firm_id=firm_id, block_id=block_id)
    if block.version != version:
        raise Conflict("stale")
    block.retired_at, block.changed_by, block.changed_at = now, by, now
    session.flush()


def _faults(draft: BlockDraft, pack: Pack) -> tuple[FieldFault, ...]:
    faults = [FieldFault(field, "required") for field in ("title", "text", "plain") if not getattr(draft, field)]
    if draft.risk and draft.risk not in {risk.id for risk in pack.risks}:
        faults.append(FieldFault("risk", "unknown_option"))
    if draft.law and draft.law not in pack.laws:
        faults.append(FieldFault("law", "unknown_option"))
    rooms = {"title": MOST_TITLE, "text": MOST_TEXT, "plain": MOST_TEXT}
    too_long = [field for field, most in rooms.items() if len(getattr(draft, field)) > most]
    faults += [FieldFault(field, "too_long", {"most": rooms[field]}) for field in too_long]
    return tuple(faults)
