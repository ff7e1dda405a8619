"""Tables of mediation. Who reads what of the other is the database's to keep (`tenants/access/providers.py`): each
side its own papers and what is shared, offers nobody but their side before both agree to open them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

import checkup.referrals.models  # noqa: F401 - refers to its tables
import tenants.providers.models  # noqa: F401 - and to its
from checkup.cases.models import OfCheckup
from checkup.mediation.states import BOUND, LIFE, RUNNING, SEATED
from tenants.base import Base, FirmKey, Moved, among, of


def _quoted(these: Iterable[str]) -> str:
    return ", ".join(repr(state) for state in sorted(these))


_RUNS = f"state IN ({_quoted(RUNNING)})"


class Mediation(OfCheckup, Base):
    """One attempt to agree. `sealed_told`: both names, and what the other side is told. `disclosure`: what the body
    says of its mediator in this very matter; `sealed_place`: a room or an address on the web.

    `…_code`: digests of what each side signs with; `due_on`: the last day for the next step, once signed for the court.
    """

    __tablename__ = "mediation"
    __table_args__ = (
        of("checkup"),
        of("referral"),
        Index("ix_mediation_provider", "provider_id", "state"),
        # What takes both is kept by the table, whatever one side's role writes.
        CheckConstraint("offers_opened_at IS NULL OR (owner_opens AND other_opens)", name="both_open"),
        CheckConstraint(f"state NOT IN ({_quoted(SEATED)}) OR (owner_accepts AND other_accepts)", name="both_accept"),
        CheckConstraint(
            f"state NOT IN ({_quoted(BOUND)}) OR (owner_signed_at IS NOT NULL AND other_signed_at IS NOT NULL)",
            name="both_signed",
        ),
        Index("uq_mediation_running", "firm_id", "referral_id", unique=True, postgresql_where=text(_RUNS)),
    )
    referral_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="asked")
    sealed_told: Mapped[bytes] = mapped_column(LargeBinary)
    mediator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider_person.id"))
    disclosure: Mapped[str] = mapped_column(default="")
    owner_accepts: Mapped[bool] = mapped_column(default=False)
    other_accepts: Mapped[bool] = mapped_column(default=False)
    meets_at: Mapped[dt.datetime | None]
    sealed_place: Mapped[bytes | None] = mapped_column(LargeBinary)
    owner_opens: Mapped[bool] = mapped_column(default=False)
    other_opens: Mapped[bool] = mapped_column(default=False)
    offers_opened_at: Mapped[dt.datetime | None]
    sealed_agreement: Mapped[bytes | None] = mapped_column(LargeBinary)
    owner_code: Mapped[str | None]
    other_code: Mapped[str | None]
    owner_signed_at: Mapped[dt.datetime | None]
    other_signed_at: Mapped[dt.datetime | None]
    asked_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date | None]
    late_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class MediationSeat(Base):
    """The other side's way in: a link (`digest`) that opens nothing without its `code`. Whoever tells the code first
    gets a secret into her browser (`held_digest`), and the code is used up: a link that is passed on opens nothing."""

    __tablename__ = "mediation_seat"
    __table_args__ = (of("mediation"), Index("ix_mediation_seat", "firm_id", "mediation_id"))
    firm_id: Mapped[FirmKey]
    digest: Mapped[str] = mapped_column(primary_key=True)
    mediation_id: Mapped[uuid.UUID]
    code: Mapped[str | None]
    held_digest: Mapped[str | None] = mapped_column(unique=True)
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class MediationEvent(OfCheckup, Moved, Base):
    """One step: on which side, whose, sealed words. What follows it hangs on its row."""

    __tablename__ = "mediation_event"
    __table_args__ = (of("checkup"), of("mediation"), Index("ix_mediation_event", "firm_id", "mediation_id"))
    mediation_id: Mapped[uuid.UUID]
    side: Mapped[str]
    actor_name: Mapped[str]
    step: Mapped[str]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)


class MediationPaper(OfCheckup, Base):
    """A file that one side gave: to the mediator alone, or `is_shared` with the other side."""

    __tablename__ = "mediation_paper"
    __table_args__ = (of("checkup"), of("mediation"), Index("ix_mediation_paper", "firm_id", "mediation_id"))
    mediation_id: Mapped[uuid.UUID]
    side: Mapped[str]
    is_shared: Mapped[bool]
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    size: Mapped[int]
    path: Mapped[str]
    at: Mapped[dt.datetime]


class MediationOffer(Base):
    """What one side would agree to, put down before anybody's is opened."""

    __tablename__ = "mediation_offer"
    __table_args__ = (of("checkup"), of("mediation"))
    firm_id: Mapped[FirmKey]
    mediation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    sealed_offer: Mapped[bytes] = mapped_column(LargeBinary)
    put_at: Mapped[dt.datetime]


class MediationRating(Base):
    """What the other side makes of the body, once it is over: two answers of 1–5, told of crowds alone."""

    __tablename__ = "mediation_rating"
    __table_args__ = (
        of("checkup"),
        of("mediation"),
        Index("ix_mediation_rating_checkup", "firm_id", "checkup_id"),
        CheckConstraint("helped >= 1 AND helped <= 5 AND kind >= 1 AND kind <= 5", name="one_to_five"),
    )
    firm_id: Mapped[FirmKey]
    mediation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    checkup_id: Mapped[uuid.UUID]
    helped: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    rated_at: Mapped[dt.datetime]
