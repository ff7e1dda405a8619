"""Tables of who may come in: sessions, invitations, passkeys, posts in a bureau, attempts at a door."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, Moved, Short, among, by_master, never_at_reception, new_id

OFFICER, HEAD, OPERATOR = "officer", "head", "operator"
CLERK, CHIEF = "clerk", "chief"
AGENT, PRINCIPAL = "agent", "principal"
WECHAT, SUISHENBAN = SIGN_IN_PROVIDERS = ("wechat", "suishenban")


class Credential(Base):
    """What opens the doors of a member of staff, away from her own row: the log-in path alone reads it.

    `sealed_totp`: the authenticator's secret, bound to the person; `recovery_digests`: a salt and what is left.
    `good_until`: of a first password that a command has printed; one that she has chosen herself has no such day.
    """

    __tablename__ = "credential"
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str]
    good_until: Mapped[dt.datetime | None]
    sealed_totp: Mapped[bytes | None] = mapped_column(LargeBinary, info=by_master(about="person_id"))
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    recovery_digests: Mapped[str] = mapped_column(default="", server_default="")


class BureauPost(Base):
    """A person's place in a bureau: `officer`, or `head`, who also says who works there and below."""

    __tablename__ = "bureau_post"
    __table_args__ = (among("role", (OFFICER, HEAD)),)
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(default=OFFICER)


class OperatorPost(Base):
    """A person who runs the platform: `operator`."""

    __tablename__ = "operator_post"
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(default=OPERATOR)


class ProviderPost(Base):
    """A person's place at a provider: `clerk`, or `chief`, who also says who works there and what it offers."""

    __tablename__ = "provider_post"
    __table_args__ = (among("role", (CLERK, CHIEF)),)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(default=CLERK)


class HelperPost(Base):
    """A person's place at a station: she helps owners there."""

    __tablename__ = "helper_post"
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)


class PartnerPost(Base):
    """A person's place at a partner: `agent`, or `principal`, who also says who works there."""

    __tablename__ = "partner_post"
    __table_args__ = (among("role", (AGENT, PRINCIPAL)),)
    partner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(default=AGENT)


class PostEvent(Moved, Base):
    """What was done about a post, from which role to which; empty before it began and after it ended.

    Bureau, provider and partner are empty for a post on the platform; `act`: begun, changed, renamed, reset, ended.
    """

    __tablename__ = "post_event"
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bureau.id"))
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[Short]
    act: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]


class LoginSession(Base):
    """One log-in of staff, named by the digest of its token; a row that is ended opens nothing."""

    __tablename__ = "login_session"
    __table_args__ = (Index("ix_login_session_person", "person_id"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    bureau_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bureau.id"))
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"))
    station_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("station.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    roles: Mapped[str]
    person_name: Mapped[str]
    is_strong: Mapped[bool]
    device: Mapped[str]
    network: Mapped[str]
    began_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class OwnerSession(Base):
    """One browser in which an owner came in, named by the digest of its token; a row that is gone opens nothing."""

    __tablename__ = "owner_session"
    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    device: Mapped[str]
    began_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]


class SignInLink(Base):
    """What another account that an owner signs in with leads to: her own, and no other.

    `digest` stands for the account's name at `provider`, keyed, so that nobody reads it or seeks it there.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (among("provider", SIGN_IN_PROVIDERS), UniqueConstraint("person_id", "provider"))
    digest: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    provider: Mapped[str]
    linked_at: Mapped[dt.datetime]


class Invitation(Base):
    """A link to become a member of a firm, provider or partner, once and in time; only its token's digest is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        never_at_reception(),
        CheckConstraint("num_nonnulls(firm_id, provider_id, partner_id) = 1", name="one_place"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(default=new_id)
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    place_name: Mapped[Short]
    email: Mapped[str]
    role: Mapped[str]
    invited_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]

    @property
    def place_id(self) -> uuid.UUID | None:
        """Where it leads to."""
        return self.firm_id or self.provider_id or self.partner_id


class Passkey(Base):
    """A WebAuthn credential of a member of staff."""

    __tablename__ = "passkey"
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    label: Mapped[str]
    added_at: Mapped[dt.datetime]


class Attempt(Base):
    """What was tried at one door for one name (both only as a keyed digest): wrong codes apart from sends.

    `seed` makes the code that is sent, so that a resent code is the same within its life and none is stored.
    """

    __tablename__ = "attempt"
    key: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int] = mapped_column(SmallInteger, default=0)
    sends: Mapped[int] = mapped_column(SmallInteger, default=0)
    seed: Mapped[str] = mapped_column(default="")
    seeded_at: Mapped[dt.datetime | None]
    counted_from: Mapped[dt.datetime]
    locked_until: Mapped[dt.datetime | None]


class RateCount(Base):
    """How often one visitor knocked at one door since the window began (named by a digest), for all web processes."""

    __tablename__ = "rate_count"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[dt.datetime]
