"""Providers: the bodies that take referrals, who works there, what was decided about them; referrals and mediations."""

from tenants.access.cells import (
    ADD,
    ALL,
    CHANGE,
    IN_MY_PART,
    MINE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    Access,
    Matrix,
    facts,
    holder_of,
)
from tenants.database import Audience as A

OWN_BODY = "provider_id = app_provider()"
MY_BODIES = f"provider_id IN (SELECT id FROM provider WHERE {IN_MY_PART})"  # noqa: S608 - a constant
_INVITED = f"{MINE} AND (provider_id, role) IN (SELECT provider_id, role FROM invitation)"  # noqa: S608 - a constant
_SERVES = "state = 'admitted'"
_OF_A_SERVING = f"is_active AND provider_id IN (SELECT id FROM provider WHERE {_SERVES})"  # noqa: S608 - a constant
# What a body says of itself; its name, kind, place and panel are its bureau's to say.
_OWN_WORDS = ("phone", "email", "address", "hours", "serves", "services", "languages", "capacity", "waiting_days")
_DECIDED = (*_OWN_WORDS, "bureau_id", "name", "name_en", "district", "takes_certificates", "state")
# A link in the mail stands for its referral alone, whoever works at the body.
OWN_REFERRAL = f"{OWN_BODY} AND offered_at IS NOT NULL AND (app_token() IS NULL OR id::text = app_token())"
_OF_OWN_REFERRAL = "referral_id IN (SELECT id FROM referral)"
# States in which a body has a matter in hand: `checkup.referrals.states.RUNNING`, a storey above.
RUNNING = "('offered', 'accepted', 'under_way', 'more_asked')"
# The packet opens while the body has the matter in hand, and a month longer to finish its own file.
_IN_HAND = (
    f"(SELECT id FROM referral WHERE state IN {RUNNING} "  # noqa: S608 - a constant
    "OR (state = 'closed' AND ended_at > app_now() - interval '30 days'))"
)
OPEN_PACKET = f"part_id IN {_IN_HAND}"
_STEPS = ("state", "due_on", "late_at", "ended_at", "outcome", "version")
_PROCESS = (
    "firm_id", "id", "number", "provider_id", "kind", "service", "state", "offered_at", "due_on", "late_at", "ended_at",
    "outcome",
)  # fmt: skip
# Mediation. The other side is nobody's account: it reads by the secret that its browser got for a code.
_AT_THE_BODY = f"{OWN_BODY} AND app_token() IS NULL"  # a mailed link of a referral leads to nothing here
_SEATED = (
    "(firm_id, {column}) IN (SELECT firm_id, mediation_id FROM mediation_seat "
    "WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now())"
)
_MY_TALK = _SEATED.format(column="mediation_id")
_OF_BODY = "(firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation)"
_OPENED = "(firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL)"
# Longer than the court's thirty days, so that whoever has signed can still fetch the paper.
_STILL_OPEN = "(ended_at IS NULL OR ended_at > app_now() - interval '60 days')"
OPEN_AT_BODY = f"part_id IN (SELECT id FROM mediation WHERE {_STILL_OPEN})"  # noqa: S608 - a constant
OPEN_IN_SEAT = f"{_SEATED.format(column='part_id')} AND {OPEN_AT_BODY}"
_STEP = (
    "state", "mediator_id", "disclosure", "owner_accepts", "other_accepts", "sealed_agreement", "due_on", "late_at",
    "ended_at", "version",
)  # fmt: skip
# Neither side signs for the other, or agrees for it that offers open.
_OWNERS_STEPS = (
    *_STEP, "owner_opens", "offers_opened_at", "owner_code", "owner_signed_at", "sealed_told", "sealed_place"
)  # fmt: skip
_OTHERS_STEPS = (*_STEP, "other_opens", "offers_opened_at", "other_code", "other_signed_at")
_BODYS_STEPS = (
    *_STEP, "owner_code", "other_code", "owner_signed_at", "other_signed_at", "meets_at", "sealed_place"
)  # fmt: skip
_TALK = ("firm_id", "id", "checkup_id", "referral_id", "number", "state", "asked_at", "due_on", "late_at", "ended_at")
_TALK_PROCESS = (
    "firm_id", "id", "provider_id", "number", "state", "asked_at", "due_on", "late_at", "ended_at"
)  # fmt: skip
_OVER = (
    "(firm_id, mediation_id, checkup_id) IN (SELECT firm_id, id, checkup_id FROM mediation WHERE ended_at IS NOT NULL)"
)
_OPEN_QUESTION = "firm_id IS NULL AND app_firm() IS NOT NULL"
_ANYBODY = (A.PUBLIC, A.OWNER, A.FIRM)

PROVIDERS: Matrix = {
    "provider": (
        *(Access(audience, (READ,), "true") for audience in (*_ANYBODY, A.BUREAU, A.WORKER)),
        Access(A.PROVIDER, (READ,), "id = app_provider()"),
        Access(A.PROVIDER, (CHANGE,), "id = app_provider() AND app_is_chief()", _OWN_WORDS),
        Access(A.BUREAU, (ADD,), f"{IN_MY_PART} AND {_SERVES} AND stripe_account IS NULL"),
        # One that the fee catalogue alone knows is nobody's yet; whoever admits it answers for it.
        Access(A.BUREAU, (CHANGE,), f"{IN_MY_PART} OR bureau_id IS NULL", _DECIDED, becomes=IN_MY_PART),
        Access(A.OPERATOR, ALL, "true"),
    ),
    "provider_event": (
        Access(A.BUREAU, (READ, ADD), MY_BODIES),
        Access(A.PROVIDER, (READ,), OWN_BODY),
    ),
    "provider_person": (
        *(Access(audience, (READ,), _OF_A_SERVING) for audience in (*_ANYBODY, A.WORKER)),
        Access(A.BUREAU, (READ,), MY_BODIES),
        Access(A.PROVIDER, (READ,), OWN_BODY),
        Access(A.PROVIDER, (ADD, CHANGE), f"{OWN_BODY} AND app_is_chief()"),
    ),
    "referral": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.OWNER, (REMOVE,), f"{OWN_CASE} AND state = 'drafted'"),
        *facts("referral"),
        Access(A.WORKER, (READ, CHANGE, REMOVE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), OWN_REFERRAL),
        Access(A.PROVIDER, (CHANGE,), OWN_REFERRAL, _STEPS),
        Access(A.BUREAU, (READ,), f"{MY_BODIES} AND offered_at IS NOT NULL", _PROCESS),
    ),
    "referral_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        *facts("referral_event"),
        Access(A.WORKER, (READ, ADD, CHANGE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _OF_OWN_REFERRAL),
        Access(A.PROVIDER, (ADD,), f"{OWN_BODY} AND side = 'provider' AND {_OF_OWN_REFERRAL}"),
    ),
    "referral_file": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        *facts("referral_file"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), f"referral_id IN {_IN_HAND}"),
    ),
    "referral_link": (
        Access(A.PUBLIC, (READ,), holder_of("digest")),
        Access(A.PROVIDER, (READ,), _OF_OWN_REFERRAL),
        Access(A.PROVIDER, (CHANGE,), _OF_OWN_REFERRAL, ("used_at",)),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "referral_rating": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "referral_hint": (
        Access(A.OWNER, (READ,), OWN_CASE),
        *facts("referral_hint", ADD),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # As a release tells: no number in it is of a few businesses, so that whoever chooses a body may read it.
    "provider_told": (
        Access(A.WORKER, ALL, "true"),
        Access(A.OWNER, (READ,), "true"),
        Access(A.BUREAU, (READ,), MY_BODIES),
        Access(A.PROVIDER, (READ,), OWN_BODY),
    ),
    "mediation": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, _OWNERS_STEPS),
        # Her lawyer sees where it stands; what is said in it is between the sides.
        Access(A.FIRM, (READ,), facts("mediation")[0].predicate, _TALK),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _AT_THE_BODY),
        Access(A.PROVIDER, (CHANGE,), _AT_THE_BODY, _BODYS_STEPS),
        Access(A.PUBLIC, (READ,), _SEATED.format(column="id")),
        Access(A.PUBLIC, (CHANGE,), _SEATED.format(column="id"), _OTHERS_STEPS),
        Access(A.BUREAU, (READ,), MY_BODIES, _TALK_PROCESS),
    ),
    "mediation_seat": (
        Access(A.PUBLIC, (READ,), f"{holder_of('digest')} OR {holder_of('held_digest')}"),
        Access(A.PUBLIC, (CHANGE,), holder_of("digest"), ("code", "held_digest")),
        Access(A.PROVIDER, (READ, ADD), _OF_BODY),
        Access(A.PROVIDER, (CHANGE,), _OF_BODY, ("code", "ended_at")),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "mediation_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.WORKER, (READ, ADD, CHANGE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _OF_BODY),
        Access(A.PROVIDER, (ADD,), f"{_OF_BODY} AND side = 'body'"),
        Access(A.PUBLIC, (READ,), _MY_TALK),
        Access(A.PUBLIC, (ADD,), f"{_MY_TALK} AND side = 'other'"),
    ),
    "mediation_paper": (
        Access(A.OWNER, (READ,), f"{OWN_CASE} AND (side = 'owner' OR is_shared)"),
        Access(A.OWNER, (ADD,), f"{OWN_CASE} AND side = 'owner'"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _OF_BODY),
        Access(A.PUBLIC, (READ,), f"{_MY_TALK} AND (side = 'other' OR is_shared)"),
        Access(A.PUBLIC, (ADD,), f"{_MY_TALK} AND side = 'other'"),
    ),
    "mediation_offer": (
        Access(A.OWNER, (READ,), f"{OWN_CASE} AND (side = 'owner' OR {_OPENED})"),
        Access(A.OWNER, (ADD, CHANGE), f"{OWN_CASE} AND side = 'owner' AND NOT {_OPENED}"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _OPENED),
        Access(A.PUBLIC, (READ,), f"{_MY_TALK} AND (side = 'other' OR {_OPENED})"),
        Access(A.PUBLIC, (ADD, CHANGE), f"{_MY_TALK} AND side = 'other' AND NOT {_OPENED}"),
    ),
    # Whoever came as the other side rates the body too; she alone reads it, as an owner does hers.
    "mediation_rating": (
        Access(A.PUBLIC, (READ,), _MY_TALK),
        Access(A.PUBLIC, (ADD, CHANGE), f"{_MY_TALK} AND {_OVER}"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # A question without names is open to every firm until a lawyer of one has answered it.
    "consultation": (
        Access(A.PROVIDER, (READ,), _AT_THE_BODY),
        Access(A.PROVIDER, (ADD,), f"{_AT_THE_BODY} AND asked_by = app_person() AND state = 'asked'"),
        Access(A.FIRM, (READ,), f"({_OPEN_QUESTION}) OR {OWN_FIRM}"),
        Access(
            A.FIRM,
            (CHANGE,),
            _OPEN_QUESTION,
            ("state", "firm_id", "lawyer_name", "answer", "answered_at", "is_lesson"),
            becomes=OWN_FIRM,
        ),
        Access(A.WORKER, (READ,), f"({_OPEN_QUESTION}) OR {OWN_FIRM}"),
        # For authors, by a command: what a lawyer would make a lesson of.
        Access(A.OPERATOR, (READ,), "is_lesson", ("number", "topic", "question", "answer", "is_lesson")),
    ),
    "provider_post": (
        Access(A.AUTH, (READ,), MINE),
        # By the invitation in hand, as at a firm: nobody's own role makes anybody an officer.
        Access(A.AUTH, (ADD,), _INVITED),
        Access(A.PROVIDER, (READ,), OWN_BODY),
        Access(A.PROVIDER, (REMOVE,), f"{OWN_BODY} AND app_is_chief()"),
        Access(A.BUREAU, (READ, REMOVE), MY_BODIES),
        Access(A.WORKER, (READ,), "true"),
    ),
}
