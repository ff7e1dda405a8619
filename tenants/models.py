"""Tables of the floor: bureaus, firms, people, businesses, consents, messages, verifications."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import (
    RECEPTION_ID,
    Base,
    FirmKey,
    GlobalId,
    OfFirm,
    Short,
    among,
    by_master,
    never_at_reception,
    new_id,
    of,
)

DRAFT_DAYS = 180
REVISIT_MONTHS = 6

# Of `tenants.firms.states`, and the one of the city's reception, which never changes (`tenants.firms.reception`).
FIRM_STATES = ("active", "admitted", "applied", "left", "reception", "refused", "suspended")
PROVIDER_STATES = ("admitted", "left", "listed", "suspended")  # of `tenants.providers.states`
STATION_STATES = ("admitted", "left", "suspended")  # of `tenants.stations.states`
STATION_KINDS = ("office", "point", "hotline")  # 司法所, 服务站, 热线
PARTNER_STATES = ("admitted", "applied", "left", "refused", "suspended")  # of `tenants.parks.states`
VERIFICATION_STATES = ("valid", "replaced", "revoked", "erased")


class Bureau(Base):
    """A supervising authority; `parent_id` makes the tree city → district → 司法所."""

    __tablename__ = "bureau"
    id: Mapped[GlobalId]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bureau.id"))
    name: Mapped[Short]
    name_en: Mapped[Short]
    district: Mapped[str | None]


class BackupRun(Base):
    """One backup and how it went, for the operator. `size` in bytes; `fault` is empty where it went well.

    `restored_seconds` is how long it took to bring it back, where that was tried.
    """

    __tablename__ = "backup_run"
    id: Mapped[GlobalId]
    began_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    files: Mapped[int]
    restored_seconds: Mapped[int | None]
    fault: Mapped[str]


class KeyCopy(Base):
    """That the keys were copied beside the backups: a database that knows of a copy is no older than it."""

    __tablename__ = "key_copy"
    id: Mapped[GlobalId]
    at: Mapped[dt.datetime]


class KnownCalendar(Base):
    """Until which day the notices of holidays reached, from when on the days that stand in rows are counted so."""

    __tablename__ = "known_calendar"
    until: Mapped[dt.date] = mapped_column(primary_key=True)
    since: Mapped[dt.datetime]


class Firm(Base):
    """The tenant: a law firm. `colour` is its brand colour, `intro` what owners read first.

    In working days: `take_days` until a lawyer takes a
    case, `review_days` for the review, `reply_days` for a reply, `answer_days` for the owner's answer.
    `keep_days` is how long a draft that nobody touches is kept, `revisit_months` after how long to look again;
    `review_on` the day by which the firm's bureau looks at it again.
    `rated_well`, `rated_not_well`: how many owners were content and how many not, as it is told by
    `cloud.releases.firm_ratings`; None where it is not told.
    """

    __tablename__ = "firm"
    __table_args__ = (CheckConstraint(f"(state = 'reception') = (id = '{RECEPTION_ID}')", name="one_reception"),)
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    slug: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Short]
    name_en: Mapped[Short]
    district: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str] = mapped_column(default="", server_default="")
    licence_number: Mapped[str]
    colour: Mapped[str] = mapped_column(default="#1f5c4d")
    intro: Mapped[str] = mapped_column(default="")
    intro_en: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    waiting_days: Mapped[int | None]
    languages: Mapped[str] = mapped_column(default="zh-Hans")
    logo_id: Mapped[uuid.UUID | None]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    keep_days: Mapped[int] = mapped_column(default=DRAFT_DAYS)
    take_days: Mapped[int] = mapped_column(SmallInteger, default=3, server_default="3")
    review_days: Mapped[int] = mapped_column(SmallInteger, default=5, server_default="5")
    reply_days: Mapped[int] = mapped_column(SmallInteger, default=2, server_default="2")
    answer_days: Mapped[int] = mapped_column(SmallInteger, default=5, server_default="5")
    revisit_months: Mapped[int] = mapped_column(default=REVISIT_MONTHS, server_default="6")
    state: Mapped[str] = mapped_column(among("state", FIRM_STATES), default="applied")
    review_on: Mapped[dt.date | None]
    rated_well: Mapped[int | None]
    rated_not_well: Mapped[int | None]
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary, info=by_master("text"))


class Provider(Base):
    """A body that takes referrals and may charge: notary, mediation, arbitration, appraisal, legal aid, centre.

    Admitted by `bureau_id`; `listed` is one that the fee catalogue alone knows: it charges and takes no referral.
    `serves`: districts, empty for the whole city. `capacity`: referrals in hand at once, 0 without a limit;
    `waiting_days`: working days until somebody has time, as it says itself. `takes_certificates`: it is on the panel
    that asks less of who has a certificate of relief. `stripe_account` is its connected account, to which its fees go;
    None leaves them with the platform to pass on.
    """

    __tablename__ = "provider"
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bureau.id"))
    slug: Mapped[Short] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[Short]
    name_en: Mapped[Short]
    district: Mapped[str | None]
    phone: Mapped[str]
    email: Mapped[str] = mapped_column(default="", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    hours: Mapped[str] = mapped_column(default="", server_default="")
    serves: Mapped[str] = mapped_column(default="", server_default="")
    services: Mapped[str] = mapped_column(default="", server_default="")
    languages: Mapped[str] = mapped_column(default="zh-Hans", server_default="zh-Hans")
    capacity: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    waiting_days: Mapped[int | None] = mapped_column(SmallInteger)
    takes_certificates: Mapped[bool] = mapped_column(default=False, server_default=false())
    stripe_account: Mapped[str | None]
    state: Mapped[str] = mapped_column(among("state", PROVIDER_STATES), default="listed", server_default="listed")


class Partner(Base):
    """A park, incubator, chamber or bank branch that brings owners in: no cases, campaigns and counts alone.

    It applies, and `bureau_id` decides; whoever applied is `contact_name` at `contact_email`.
    """

    __tablename__ = "partner"
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    kind: Mapped[str]
    name: Mapped[Short]
    name_en: Mapped[Short]
    district: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    contact_name: Mapped[Short]
    contact_email: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", PARTNER_STATES), default="applied", server_default="applied")


class Person(Base):
    """One human being: a guest who answers, or a member of staff who logs in.

    A phone number is kept as a keyed digest only; what opens the doors of staff is `tenants.login.models.Credential`.
    `weekly_mail`: a lawyer wants the Monday's mail about her open work. `locale`: the language staff is written to.
    """

    __tablename__ = "person"
    id: Mapped[GlobalId]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(unique=True)
    phone_digest: Mapped[str | None] = mapped_column(unique=True)
    weekly_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    locale: Mapped[str] = mapped_column(default="zh-Hans", server_default="zh-Hans")
    created_at: Mapped[dt.datetime]


class Station(Base):
    """Where helpers work: a 司法所, a service point or a hotline's desk. Its bureau's own, and no tenant: cases that
    helpers work on stay their owners' and lie where they lie."""

    __tablename__ = "station"
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    kind: Mapped[str] = mapped_column(among("kind", STATION_KINDS))
    name: Mapped[Short]
    name_en: Mapped[Short]
    phone: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", STATION_STATES))


class Membership(Base):
    """A person's place in a firm: `lawyer`, `partner` (signs second, decides conflicts) or `firm_admin`."""

    __tablename__ = "membership"
    __table_args__ = (never_at_reception(),)
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    is_junior: Mapped[bool] = mapped_column(default=False, server_default=false())


class Business(OfFirm, Base):
    """The client of a checkup, as its owner described it piece by piece: what was not asked yet is empty.

    Money in 万元. Where a band was told, the column holds its lower end and `…_to` its upper one; `unsaid` names what
    she would rather not say.
    """

    __tablename__ = "business"
    __table_args__ = (Index("ix_business_owner", "firm_id", "owner_id"), Index("ix_business_person", "owner_id"))
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[Short]
    credit_code: Mapped[str | None]
    form: Mapped[str]
    section: Mapped[str]
    trade: Mapped[str]
    staff: Mapped[int | None]
    staff_to: Mapped[int | None]
    revenue: Mapped[float | None]
    revenue_to: Mapped[float | None]
    assets: Mapped[float | None]
    assets_to: Mapped[float | None]
    unsaid: Mapped[str] = mapped_column(default="", server_default="")
    district: Mapped[str]
    size: Mapped[str]


class BusinessChange(OfFirm, Base):
    """The owner corrected what she had said of her business: when, and everything as it stood before (`was`)."""

    __tablename__ = "business_change"
    __table_args__ = (of("business"), Index("ix_business_change", "firm_id", "business_id"))
    business_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime]


class Consent(Base):
    """A receipt: what was agreed or refused, to which text, when and through which channel."""

    __tablename__ = "consent"
    __table_args__ = (
        of("business"),
        Index("ix_consent_business", "firm_id", "business_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    business_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    granted: Mapped[bool]
    text_version: Mapped[str]
    channel: Mapped[str]
    at: Mapped[dt.datetime]


class Message(OfFirm, Base):
    """An outgoing message in its receiver's language, stored with the change that causes it, delivered by the worker.

    `template`: the file of `templates/message/` that it was written from; what the message is about, in any language.
    `tries` that failed, with the last `fault`; `failed_at` when it was given up. `instead_of`: the message whose way
    was shut, and in whose place this one goes another.
    """

    __tablename__ = "message"
    owner_id: Mapped[uuid.UUID | None]
    channel: Mapped[str]
    recipient: Mapped[str]
    template: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    queued_at: Mapped[dt.datetime]
    delivered_at: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    fault: Mapped[str] = mapped_column(default="", server_default="")
    failed_at: Mapped[dt.datetime | None]
    instead_of: Mapped[uuid.UUID | None]


class Verification(Base):
    """What anyone may learn at /verify/<number>: who signed, when, and the hash of what was signed.

    `state`: valid, replaced (by the number of a newer edition), revoked or erased.
    `kind` says what was signed (`report`, `hours`, …), `facts` what else its page shows.
    """

    __tablename__ = "verification"
    number: Mapped[str] = mapped_column(primary_key=True)
    firm_id: Mapped[uuid.UUID]
    content_hash: Mapped[str]
    firm_name: Mapped[str]
    lawyer_name: Mapped[str]
    signed_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(among("state", VERIFICATION_STATES), default="valid")
    replaced_by: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default="report", server_default="report")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")


class Upload(Base):
    """A checked file: what kind it proved to be by its content, and where its bytes are."""

    __tablename__ = "upload"
    firm_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("firm.id"), primary_key=True)
    id: Mapped[GlobalId]
    purpose: Mapped[str]
    name: Mapped[Short]
    media_type: Mapped[str]
    size: Mapped[int]
    content_hash: Mapped[str]
    path: Mapped[str]
    at: Mapped[dt.datetime]
