"""Bureaus, firms, people, doors, consents, messages and the log."""

from tenants.access.cells import (
    ADD,
    ALL,
    CASE,
    CHANGE,
    IN_MY_PART,
    MINE,
    MINE_ANYWHERE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    SUPERVISED,
    Access,
    Matrix,
    holder_of,
)
from tenants.access.delegates import DELEGATES_BUSINESS, DELEGATES_FIRM
from tenants.access.outreach import MY_PARTNERS, OWN_PARTNER
from tenants.access.providers import MY_BODIES, OWN_BODY
from tenants.access.stations import HELPERS_BUSINESS, HELPERS_FIRM, MY_STATIONS
from tenants.database import Audience as A

_PERSON_IS_ME = "id = app_person()"
_OF_BUREAU = "id IN (SELECT person_id FROM bureau_post)"
_OF_MY_PART = f"id IN (SELECT person_id FROM bureau_post WHERE {IN_MY_PART})"  # noqa: S608 - a constant
# A bureau's role reads posts of the bodies of its part alone, a body's of its own.
_OF_BODY = "id IN (SELECT person_id FROM provider_post)"
_OF_STATION = "id IN (SELECT person_id FROM helper_post)"
_OF_PARTNER = "id IN (SELECT person_id FROM partner_post)"
_OF_OPERATORS = "id IN (SELECT person_id FROM operator_post)"
# The head of a bureau says who works there, and in the bureaus below.
_HEAD_OF = f"app_heads() AND {IN_MY_PART}"
_OF_FIRM = "id IN (SELECT person_id FROM membership WHERE firm_id = app_firm())"
_OF_MY_EMAIL = f"person_id IN (SELECT id FROM person WHERE {holder_of('email')})"  # noqa: S608 - a constant
_INVITED = f"{MINE} AND (firm_id, role) IN (SELECT firm_id, role FROM invitation)"  # noqa: S608 - a constant
_JOINED = (
    "became <> '' AND (provider_id IN (SELECT provider_id FROM invitation) "
    "OR partner_id IN (SELECT partner_id FROM invitation))"
)
_REVIEWERS = "role IN ('lawyer', 'partner')"
_FACE = (
    "slug", "intro", "intro_en", "phone", "address", "colour", "hours", "waiting_days", "languages", "logo_id",
    "keep_days", "take_days", "review_days", "reply_days", "answer_days", "revisit_months",
)  # fmt: skip
_DECIDED = ("state", "wrapped_key", "bureau_id", "review_on")
_DELIVERY = (
    "firm_id",
    "id",
    "channel",
    "template",
    "queued_at",
    "delivered_at",
    "tries",
    "fault",
    "failed_at",
    "instead_of",
)
_TRAIL = ("firm_id", "number", "at", "actor_name", "act", "about_id", "why", "previous_hash", "hash")

PEOPLE: Matrix = {
    "bureau": (
        *(Access(a, (READ,), "true") for a in (A.PUBLIC, A.BUREAU, A.FIRM, A.PARTNER, A.OWNER, A.WORKER, A.CLIENT)),
        Access(A.OPERATOR, ALL, "true"),
    ),
    "backup_run": (Access(A.WORKER, (READ, ADD), "true"), Access(A.OPERATOR, (READ,), "true")),
    "key_copy": (Access(A.WORKER, (READ, ADD), "true"),),
    "known_calendar": (Access(A.WORKER, (READ, ADD), "true"),),
    "bureau_post": (
        Access(A.AUTH, (READ,), MINE),
        Access(A.BUREAU, (READ,), f"{MINE} OR {IN_MY_PART}"),
        Access(A.BUREAU, (ADD, REMOVE), _HEAD_OF),
        Access(A.BUREAU, (CHANGE,), _HEAD_OF, ("role",)),
        Access(A.WORKER, (READ,), "true"),
        Access(A.OPERATOR, (READ, ADD, REMOVE), "true"),
    ),
    "firm": (
        Access(A.PUBLIC, (READ,), "state IN ('admitted', 'active', 'suspended', 'reception')"),
        Access(A.PUBLIC, (ADD,), "state = 'applied' AND wrapped_key IS NULL"),
        Access(A.OWNER, (READ,), "id = app_firm() OR state IN ('admitted', 'active')"),
        Access(A.CLIENT, (READ,), "state = 'active'", ("id", "slug", "state", "bureau_id", "district")),
        Access(A.FIRM, (READ,), "id = app_firm() OR id IN (SELECT firm_id FROM membership)"),
        Access(A.FIRM, (CHANGE,), "id = app_firm()", _FACE),
        # The key that a packet's own is wrapped with, of no firm but those whose owners have referred to this body.
        Access(A.PROVIDER, (READ,), "id IN (SELECT firm_id FROM referral)", ("id", "wrapped_key")),
        *HELPERS_FIRM,
        *DELEGATES_FIRM,
        # Not the city's reception: what waits there for its owner's choice is under nobody's eyes (`SUPERVISED`).
        Access(A.BUREAU, (READ,), f"{IN_MY_PART} AND state <> 'reception'"),
        Access(A.BUREAU, (CHANGE,), f"{IN_MY_PART} AND state <> 'reception'", _DECIDED),
        Access(A.WORKER, (READ,), "id = app_firm() OR app_firm() IS NULL"),
        Access(A.WORKER, (CHANGE,), "app_firm() IS NULL", ("rated_well", "rated_not_well")),
        Access(A.OPERATOR, ALL, "true"),
    ),
    "firm_event": (
        Access(A.PUBLIC, (ADD,), "became = 'applied'"),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ, ADD), SUPERVISED),
    ),
    "upload": (
        Access(A.PUBLIC, (READ,), "purpose = 'logo'"),
        Access(A.PUBLIC, (ADD,), "purpose = 'application'"),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        Access(A.WORKER, (READ,), f"{OWN_FIRM} AND purpose = 'logo'"),
    ),
    "operator_post": (
        Access(A.AUTH, (READ,), MINE),
        Access(A.OPERATOR, (READ, ADD, REMOVE), "true"),
    ),
    "post_event": (
        Access(A.AUTH, (ADD,), f"{MINE} AND {_JOINED}"),
        Access(A.PROVIDER, (READ,), OWN_BODY),
        Access(A.PROVIDER, (ADD,), f"{OWN_BODY} AND app_is_chief()"),
        Access(A.PARTNER, (READ,), OWN_PARTNER),
        Access(A.PARTNER, (ADD,), f"{OWN_PARTNER} AND app_is_principal()"),
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (ADD,), _HEAD_OF),
        Access(A.OPERATOR, (READ,), "bureau_id IS NULL AND provider_id IS NULL AND partner_id IS NULL"),
        Access(A.OPERATOR, (ADD,), "true"),
    ),
    "person": (
        Access(
            A.PUBLIC,
            (READ, ADD),
            f"{holder_of('phone_digest')} OR (kind = 'guest' AND email IS NULL AND {_PERSON_IS_ME})",
        ),
        Access(A.AUTH, (READ,), f"{_PERSON_IS_ME} OR {holder_of('email')}"),
        Access(A.AUTH, (ADD,), f"kind = 'staff' AND {holder_of('email')}"),
        Access(A.AUTH, (CHANGE,), _PERSON_IS_ME, ("weekly_mail", "locale")),
        Access(A.OWNER, (READ,), _PERSON_IS_ME),
        Access(A.OWNER, (CHANGE,), _PERSON_IS_ME, ("phone_digest",)),
        Access(A.FIRM, (READ,), "id = app_person() OR id IN (SELECT person_id FROM membership)"),
        Access(A.PROVIDER, (READ,), f"{_PERSON_IS_ME} OR {_OF_BODY}"),
        Access(A.PARTNER, (READ,), f"{_PERSON_IS_ME} OR {_OF_PARTNER}"),
        Access(A.BUREAU, (READ,), f"{_PERSON_IS_ME} OR {_OF_MY_PART} OR {_OF_BODY} OR {_OF_PARTNER} OR {_OF_STATION}"),
        Access(A.BUREAU, (CHANGE,), f"app_heads() AND {_OF_MY_PART}", ("name",)),
        *(Access(a, (READ,), _PERSON_IS_ME) for a in (A.DELEGATE, A.HELPER)),
        Access(A.OPERATOR, (READ,), _OF_OPERATORS),
        Access(A.OPERATOR, (CHANGE,), _OF_OPERATORS, ("name",)),
        # To write to the people of a firm: name and address, nothing that opens a door.
        Access(
            A.WORKER,
            (READ,),
            f"{_PERSON_IS_ME} OR {_OF_FIRM} OR {_OF_BUREAU} OR {_OF_BODY}",
            ("id", "name", "email", "weekly_mail", "locale"),
        ),
    ),
    # What opens the doors of staff: found by whoever comes in by her e-mail, else hers alone, and the log-in path's.
    "credential": (
        Access(A.AUTH, (READ, ADD), f"{MINE} OR {_OF_MY_EMAIL}"),
        Access(A.AUTH, (CHANGE,), MINE),
    ),
    "membership": (
        Access(A.AUTH, (READ,), MINE),
        # By the invitation in hand, to its firm and role: no firm's own role makes anybody a member or an admin.
        Access(A.AUTH, (ADD,), _INVITED),
        Access(A.FIRM, (READ,), f"{OWN_FIRM} OR {MINE}"),
        Access(A.WORKER, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), f"{_REVIEWERS} AND {SUPERVISED}", ("firm_id", "person_id", "role")),
        Access(A.FIRM, (REMOVE,), OWN_FIRM),
        Access(A.FIRM, (CHANGE,), OWN_FIRM, ("is_junior",)),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "login_session": (
        Access(A.AUTH, ALL, MINE),
        # Who is here, at each request; nobody gives herself a session, or more roles in one.
        Access(A.PUBLIC, (READ,), holder_of("digest")),
        Access(A.PUBLIC, (CHANGE,), holder_of("digest"), ("seen_at",)),
        # Whoever leaves the firm is out at once.
        Access(A.FIRM, (READ,), OWN_FIRM, ("firm_id", "person_id", "ended_at")),
        Access(A.FIRM, (CHANGE,), OWN_FIRM, ("ended_at",)),
        Access(A.PROVIDER, (READ,), OWN_BODY, ("provider_id", "person_id", "ended_at")),
        Access(A.PROVIDER, (CHANGE,), f"{OWN_BODY} AND app_is_chief()", ("ended_at",)),
        Access(A.PARTNER, (READ,), OWN_PARTNER, ("partner_id", "person_id", "ended_at")),
        Access(A.PARTNER, (CHANGE,), f"{OWN_PARTNER} AND app_is_principal()", ("ended_at",)),
        Access(
            A.BUREAU,
            (READ,),
            f"{MY_BODIES} OR {MY_PARTNERS} OR {MY_STATIONS}",
            ("provider_id", "partner_id", "station_id", "person_id", "ended_at"),
        ),
        Access(A.BUREAU, (CHANGE,), f"{MY_BODIES} OR {MY_PARTNERS} OR {MY_STATIONS}", ("ended_at",)),
        Access(A.WORKER, (READ, REMOVE), "began_at < app_now() - interval '90 days'", ("began_at",)),
    ),
    # An owner's: the log-in path begins one, whoever holds its token is let in and may leave, she ends any of hers.
    "owner_session": (
        Access(A.AUTH, (ADD,), MINE),
        Access(A.PUBLIC, (READ, REMOVE), holder_of("digest")),
        Access(A.PUBLIC, (CHANGE,), holder_of("digest"), ("seen_at",)),
        Access(A.SELF, (READ,), MINE, ("id", "person_id", "device", "began_at", "seen_at")),
        Access(A.SELF, (REMOVE,), MINE),
        Access(A.WORKER, (READ, REMOVE), "seen_at < app_now() - interval '30 days'", ("seen_at",)),
    ),
    # What else opens an owner's door: found by whoever brings it from its provider, else hers alone.
    "sign_in_link": (
        Access(A.AUTH, (READ,), f"{holder_of('digest')} OR {MINE}"),
        Access(A.AUTH, (ADD, REMOVE), MINE),
    ),
    "invitation": (
        Access(A.AUTH, (READ,), holder_of("digest")),
        Access(A.AUTH, (CHANGE,), holder_of("digest"), ("used_at",)),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.PROVIDER, ALL, f"{OWN_BODY} AND app_is_chief()"),
        Access(A.PARTNER, ALL, f"{OWN_PARTNER} AND app_is_principal()"),
        Access(A.BUREAU, (READ, ADD), f"{SUPERVISED} OR {MY_BODIES} OR {MY_PARTNERS}"),
        Access(A.WORKER, (READ,), "firm_id IS NULL"),
    ),
    "passkey": (Access(A.AUTH, (*ALL, REMOVE), MINE),),
    "attempt": (
        Access(A.PUBLIC, ALL, holder_of("key")),
        Access(A.WORKER, (READ, REMOVE), "counted_from < app_now() - interval '2 days'", ("counted_from",)),
    ),
    "rate_count": (Access(A.PUBLIC, ALL, holder_of("key")), Access(A.WORKER, (READ, REMOVE), "true")),
    "business": (*CASE, MINE_ANYWHERE, *HELPERS_BUSINESS, *DELEGATES_BUSINESS),
    # What was said before it was corrected: added to, never rewritten; erased with the name of the business.
    "business_change": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # Where what is said of it comes from; the owner's alone.
    "business_source": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "consent": CASE,
    "message": (
        Access(A.OWNER, (ADD, READ), OWN_CASE),
        Access(A.FIRM, (ADD,), OWN_FIRM),
        # That somebody complains is told to the bureau, away from the firm.
        Access(A.FIRM, (READ,), f"{OWN_FIRM} AND template <> 'complaint_opened'"),
        Access(A.BUREAU, (ADD,), SUPERVISED),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
        # That something did not arrive, and why; never to whom, never what.
        Access(A.OPERATOR, (READ,), "true", _DELIVERY),
        Access(A.OPERATOR, (CHANGE,), "delivered_at IS NULL", ("failed_at", "queued_at", "tries")),
    ),
    "verification": (
        Access(A.PUBLIC, (READ,), holder_of("number")),
        Access(A.FIRM, (ADD, READ), OWN_FIRM),
        Access(A.FIRM, (CHANGE,), OWN_FIRM, ("state", "replaced_by")),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
        Access(A.BUREAU, ALL, f"kind = 'waiver' AND {SUPERVISED}"),
        Access(A.PROVIDER, (READ,), "kind = 'waiver' AND number IN (SELECT certificate FROM referral)"),
        Access(A.OWNER, (READ,), "kind = 'waiver' AND number IN (SELECT certificate_number FROM waiver)"),
    ),
    "resume_code": (
        Access(A.PUBLIC, (READ,), holder_of("digest")),
        Access(A.OWNER, (*ALL, REMOVE), MINE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # Nobody may write the log: entries are added by `famai_audit` alone (tenants/access/sql.py).
    "audit_entry": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, _TRAIL),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "audit_head": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        Access(A.OPERATOR, (READ,), "true"),
    ),
}
