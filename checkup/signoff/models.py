"""Tables of signatures: each act of signing, and each edition that was issued. Nothing here is ever overwritten."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import KeyedByCheckup, OfCheckup
from tenants.base import Base, OfFirm, Short, of


class Edition(KeyedByCheckup, Base):
    """One issued edition of a signed report; a correction is the next number. The content is sealed as it was signed.

    The key is what keeps two signatures from issuing the same edition.
    """

    __tablename__ = "edition"
    __table_args__ = (
        of("checkup"),
        CheckConstraint("partner_id <> lawyer_id", name="two_people"),
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    owner_id: Mapped[uuid.UUID]
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    lawyer_name: Mapped[str]
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    partner_name: Mapped[str | None]
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_why: Mapped[bytes | None] = mapped_column(LargeBinary)
    content_hash: Mapped[str]
    verify_number: Mapped[str]
    signed_at: Mapped[dt.datetime]


class Signing(OfCheckup, Base):
    """One act on the way to an edition: `sign`, `countersign`, `send_back`, `take_back`, `correct`, `keep`; who, when,
    why, and the content as it then stood."""

    __tablename__ = "signing"
    __table_args__ = (of("checkup"), Index("ix_signing_checkup", "firm_id", "checkup_id"))
    edition: Mapped[int] = mapped_column(SmallInteger)
    step: Mapped[str]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    sealed_content: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_why: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[dt.datetime]


class TextBlock(OfFirm, Base):
    """A text of the firm's library: what a lawyer writes again and again, with the twin that the owner reads.

    It hangs on a risk of the pack, on a law, or on neither (then it is offered everywhere).
    """

    __tablename__ = "text_block"
    risk: Mapped[str | None]
    law: Mapped[str | None]
    title: Mapped[Short]
    text: Mapped[str]
    plain: Mapped[str]
    version: Mapped[int] = mapped_column()
    changed_by: Mapped[str]
    changed_at: Mapped[dt.datetime]
    retired_at: Mapped[dt.datetime | None]
    __mapper_args__ = {"version_id_col": version}


class RiskQuality(Base):
    """What lawyers made of one risk in one version of a pack, across firms, as it is told: at how many businesses they
    left it, set its likelihood higher or lower, or dismissed it; 0 where too few did."""

    __tablename__ = "risk_quality"
    pack_id: Mapped[str] = mapped_column(primary_key=True)
    pack_version: Mapped[str] = mapped_column(primary_key=True)
    risk: Mapped[str] = mapped_column(primary_key=True)
    confirmed: Mapped[int]
    raised: Mapped[int]
    lowered: Mapped[int]
    dismissed: Mapped[int]
    counted_at: Mapped[dt.datetime]
