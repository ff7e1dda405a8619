"""Tables of referrals. Process is open to whoever takes part; what was said is sealed under the referral's own key
(`checkup.cases.part_keys`), which the provider's role reads while it has the matter in hand."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from checkup.referrals.states import LIFE, RUNNING
from tenants.base import Base, FirmKey, Moved, among, of

_RUNS = f"state IN ({', '.join(repr(state) for state in sorted(RUNNING))})"


class Referral(OfCheckup, Base):
    """One matter at one provider. `topic`: `way:<dispute>`, `risk:<risk>` or `own:<service>`; one runs for each.

    `level`: what goes along, `matter`, `contact` or `files`. `due_on`: the last day for the next step;
    `late_at`: when it was said that it has passed. `certificate`: of relief, which the price was told by.
    """

    __tablename__ = "referral"
    __table_args__ = (
        of("checkup"),
        of("business"),
        Index("ix_referral_checkup", "firm_id", "checkup_id"),
        Index("ix_referral_provider", "provider_id", "state", "due_on"),
        Index("uq_referral_running", "firm_id", "checkup_id", "topic", unique=True, postgresql_where=text(_RUNS)),
    )
    business_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str]
    kind: Mapped[str]
    service: Mapped[str]
    topic: Mapped[str]
    level: Mapped[str]
    certificate: Mapped[str | None]
    sealed_packet: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="drafted")
    drafted_at: Mapped[dt.datetime]
    offered_at: Mapped[dt.datetime | None]
    due_on: Mapped[dt.date | None]
    late_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class ReferralEvent(OfCheckup, Moved, Base):
    """One step of a referral: on which side, whose, why (a code), sealed words. What follows it hangs on its row."""

    __tablename__ = "referral_event"
    __table_args__ = (of("checkup"), of("referral"), Index("ix_referral_event", "firm_id", "referral_id"))
    referral_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    side: Mapped[str]
    actor_name: Mapped[str]
    step: Mapped[str]
    reason: Mapped[str]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReferralFile(OfCheckup, Base):
    """A file that goes along: a copy of its own, sealed under the referral's key."""

    __tablename__ = "referral_file"
    __table_args__ = (of("checkup"), of("referral"), Index("ix_referral_file", "firm_id", "referral_id"))
    referral_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    size: Mapped[int]
    path: Mapped[str]
    at: Mapped[dt.datetime]


class ReferralLink(Base):
    """A mailed link with which a body without accounts takes one step, once and in time; a digest of it is kept."""

    __tablename__ = "referral_link"
    __table_args__ = (of("referral"), Index("ix_referral_link", "firm_id", "referral_id"))
    firm_id: Mapped[FirmKey]
    digest: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class ReferralHint(OfCheckup, Base):
    """Help that her law firm points an owner to, out of a ticket of the city (`reference`, its number): she chooses a
    body for the `service`, or not."""

    __tablename__ = "referral_hint"
    __table_args__ = (of("checkup"), UniqueConstraint("firm_id", "checkup_id", "service", "reference"))
    service: Mapped[str]
    reference: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[dt.datetime]


class ReferralRating(Base):
    """What an owner makes of a body, once her matter there has ended: two answers of 1–5. She alone reads it; others
    are told crowds of them (`ProviderTold`)."""

    __tablename__ = "referral_rating"
    __table_args__ = (
        of("checkup"),
        of("referral"),
        Index("ix_referral_rating_checkup", "firm_id", "checkup_id"),
        CheckConstraint("helped >= 1 AND helped <= 5 AND kind >= 1 AND kind <= 5", name="one_to_five"),
    )
    firm_id: Mapped[FirmKey]
    referral_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    helped: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    rated_at: Mapped[dt.datetime]


class ProviderTold(Base):
    """One number about a body in one year, of businesses, as it is told by `cloud.releases.bodies`: how many came
    (`what` and `code` empty), how their matters ended, what they made of it. What is not told has no row."""

    __tablename__ = "provider_told"
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    counted_at: Mapped[dt.datetime]
