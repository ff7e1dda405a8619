"""Partners, campaigns and gatherings: who works at a park and who decides on it; who makes a campaign, takes part and
comes by its links; who makes a gathering, speaks and has a seat; and the counts behind what is told of them."""

from tenants.access.cells import ADD, ALL, CHANGE, IN_MY_PART, MINE, READ, REMOVE, Access, Matrix, holder_of
from tenants.database import Audience as A

OWN_PARTNER = "partner_id = app_partner()"
MY_PARTNERS = f"partner_id IN (SELECT id FROM partner WHERE {IN_MY_PART})"  # noqa: S608 - a constant
_INVITED = f"{MINE} AND (partner_id, role) IN (SELECT partner_id, role FROM invitation)"  # noqa: S608 - a constant
# What is on the door; who applied and how to reach her is for its bureau.
_FACE = ("id", "bureau_id", "kind", "name", "name_en", "district", "state")
_OWN_WORDS = ("address", "phone", "contact_name", "contact_email")
MY_CAMPAIGNS = f"campaign_id IN (SELECT id FROM campaign WHERE {IN_MY_PART})"  # noqa: S608 - a constant
# What a bureau fills: of a firm's it stops the campaign and no more.
_BUREAUS_OWN = f"campaign_id IN (SELECT id FROM campaign WHERE {IN_MY_PART} AND by_firm IS NULL)"  # noqa: S608
_OUR_CAMPAIGNS = "campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm())"
_MADE_BY_US = "by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm())"
_KNOWN = "state IN ('running', 'ended')"
# Of the links that the role reads, or as a partner of its own.
_OF_LINK = f"{_KNOWN} AND id IN (SELECT campaign_id FROM campaign_link)"  # noqa: S608 - a constant
_OF_PARTNER = f"{_KNOWN} AND id IN (SELECT campaign_id FROM campaign_partner)"  # noqa: S608 - a constant
_JOINED = "campaign_id IN (SELECT campaign_id FROM campaign_partner)"
_OWN_LINK = f"{holder_of('code')} OR id IN (SELECT link_id FROM checkup WHERE owner_id = app_person())"  # noqa: S608
_MY_GATHERINGS = f"gathering_id IN (SELECT id FROM gathering WHERE {IN_MY_PART})"  # noqa: S608 - a constant
_OUR_GATHERINGS = "gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm())"
_WE_SPEAK = "of_firm = app_firm() AND gathering_id IN (SELECT gathering_id FROM gathering_firm)"
# A firm's own is at nobody's place and of no campaign.
_OURS = f"{_MADE_BY_US} AND partner_id IS NULL AND campaign_id IS NULL"
_SEES_OF_GATHERING = "by_firm = app_firm() OR id IN (SELECT gathering_id FROM gathering_firm)"
_OF_A_SEEN_ONE = "gathering_id IN (SELECT id FROM gathering)"

OUTREACH: Matrix = {
    "partner": (
        # Whose poster somebody holds, and at whose place one may come to a gathering; nobody else is listed.
        Access(
            A.PUBLIC,
            (READ,),
            "id IN (SELECT partner_id FROM campaign_link) OR id IN (SELECT partner_id FROM gathering)",
            _FACE,
        ),
        Access(A.PUBLIC, (ADD,), "state = 'applied'"),
        Access(A.PARTNER, (READ,), "id = app_partner()"),
        Access(A.PARTNER, (CHANGE,), "id = app_partner() AND app_is_principal()", _OWN_WORDS),
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, ("state",)),
        Access(A.WORKER, (READ,), "true"),
    ),
    "partner_event": (
        Access(A.PUBLIC, (ADD,), "became = 'applied'"),
        Access(A.BUREAU, (READ, ADD), MY_PARTNERS),
        Access(A.PARTNER, (READ,), OWN_PARTNER),
        Access(A.WORKER, (READ,), "true"),
    ),
    "partner_post": (
        Access(A.AUTH, (READ,), MINE),
        # By the invitation in hand, as at a firm: nobody's own role makes anybody an officer.
        Access(A.AUTH, (ADD,), _INVITED),
        Access(A.PARTNER, (READ,), OWN_PARTNER),
        Access(A.PARTNER, (REMOVE,), f"{OWN_PARTNER} AND app_is_principal()"),
        Access(A.BUREAU, (READ, REMOVE), MY_PARTNERS),
    ),
    "campaign": (
        Access(A.PUBLIC, (READ,), _OF_LINK),
        Access(A.OWNER, (READ,), _OF_LINK),
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (ADD,), f"{IN_MY_PART} AND by_firm IS NULL"),
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, becomes=f"{IN_MY_PART} AND (by_firm IS NULL OR state = 'ended')"),
        Access(A.FIRM, (READ,), "by_firm = app_firm()"),
        Access(A.FIRM, (ADD, CHANGE), _MADE_BY_US),
        Access(A.PARTNER, (READ,), _OF_PARTNER),
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (CHANGE,), "true", ("state", "frozen_at", "version")),
    ),
    "campaign_event": (
        Access(A.BUREAU, (READ, ADD), MY_CAMPAIGNS),
        Access(A.FIRM, (READ, ADD), _OUR_CAMPAIGNS),
        Access(A.WORKER, (ADD,), "became = 'ended'"),
    ),
    "campaign_partner": (
        Access(A.BUREAU, (READ,), MY_CAMPAIGNS),
        Access(A.BUREAU, (ADD, REMOVE), _BUREAUS_OWN),
        Access(A.PARTNER, (READ,), OWN_PARTNER),
        Access(A.WORKER, (READ,), "true"),
    ),
    "campaign_firm": (
        Access(A.BUREAU, (READ,), MY_CAMPAIGNS),
        Access(A.BUREAU, (ADD, REMOVE), _BUREAUS_OWN),
        Access(A.BUREAU, (CHANGE,), _BUREAUS_OWN, ("quota",)),
        Access(A.FIRM, (READ, ADD), f"reader_id = app_firm() AND {_OUR_CAMPAIGNS}"),
    ),
    "campaign_link": (
        Access(A.PUBLIC, (READ,), holder_of("code")),
        Access(A.OWNER, (READ,), _OWN_LINK),
        Access(A.BUREAU, (READ,), MY_CAMPAIGNS),
        Access(A.BUREAU, (ADD,), f"{_BUREAUS_OWN} AND partner_id IS NOT NULL"),
        Access(A.BUREAU, (CHANGE,), _BUREAUS_OWN, ("stopped_at",)),
        # Of a code that is full its firm could tell how many began and did not come to it.
        Access(A.FIRM, (READ,), _OUR_CAMPAIGNS),
        Access(A.FIRM, (ADD,), f"{_OUR_CAMPAIGNS} AND partner_id IS NULL AND cap = 0"),
        Access(A.FIRM, (CHANGE,), _OUR_CAMPAIGNS, ("stopped_at",)),
        Access(A.PARTNER, (READ,), f"{OWN_PARTNER} AND {_JOINED}"),
        Access(A.WORKER, (READ,), "true"),
    ),
    # Written by functions alone (`tenants/access/statements/campaign_functions.py`).
    "campaign_link_use": (),
    "campaign_step": (Access(A.WORKER, (READ,), "true"),),
    "screen_count": (Access(A.WORKER, (READ,), "true"),),
    # As a release tells: no number in it is of a few businesses.
    "campaign_told": (
        Access(A.WORKER, (*ALL, REMOVE), "true"),
        Access(A.BUREAU, (READ,), MY_CAMPAIGNS),
        Access(A.FIRM, (READ,), _OUR_CAMPAIGNS),
        Access(A.PARTNER, (READ,), f"{_JOINED} AND part IN ('', app_partner()::text)"),
    ),
    "screen_told": (
        Access(A.WORKER, (*ALL, REMOVE), "true"),
        Access(A.BUREAU, (READ,), "true"),
        Access(A.OPERATOR, (READ,), "true"),  # who releases a pack asks where people stop
    ),
    # Everybody is asked to come.
    "gathering": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (ADD, CHANGE), f"{IN_MY_PART} AND by_firm IS NULL"),
        Access(A.FIRM, (READ,), _SEES_OF_GATHERING),
        Access(A.FIRM, (ADD, CHANGE), _OURS),
        Access(A.PARTNER, (READ,), OWN_PARTNER),
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (CHANGE,), "true", ("state", "frozen_at", "version")),
    ),
    "gathering_event": (
        Access(A.PUBLIC, (READ,), "became = 'cancelled'", ("gathering_id", "became", "why")),
        Access(A.BUREAU, (READ, ADD), _MY_GATHERINGS),
        Access(A.FIRM, (READ, ADD), _OUR_GATHERINGS),
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (ADD,), "became = 'held'"),
    ),
    "gathering_firm": (
        Access(A.BUREAU, (READ, ADD, REMOVE), _MY_GATHERINGS),
        Access(A.FIRM, (READ,), "of_firm = app_firm()"),
        Access(A.FIRM, (ADD,), f"of_firm = app_firm() AND {_OUR_GATHERINGS}"),
    ),
    # Whether somebody came is said by the host alone, and stays.
    "gathering_speaker": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.BUREAU, (READ, REMOVE), _MY_GATHERINGS),
        Access(A.BUREAU, (CHANGE,), _MY_GATHERINGS, ("came",)),
        Access(A.FIRM, (READ,), "of_firm = app_firm()"),
        Access(A.FIRM, (ADD,), f"{_WE_SPEAK} AND came IS NULL"),
        Access(A.FIRM, (REMOVE,), f"{_WE_SPEAK} AND came IS NULL"),
        Access(A.FIRM, (CHANGE,), _OUR_GATHERINGS, ("came",)),
        Access(A.WORKER, (READ,), "true"),
    ),
    "gathering_handout": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.BUREAU, ALL, _MY_GATHERINGS),
        Access(A.FIRM, (READ,), _OF_A_SEEN_ONE),
        Access(A.FIRM, (ADD, CHANGE), _OUR_GATHERINGS),
    ),
    # No host knows whose seat it is.
    "gathering_seat": (
        Access(A.PUBLIC, (READ, ADD), holder_of("token")),
        Access(A.PUBLIC, (CHANGE,), holder_of("token"), ("state", "sealed_phone", "came_at")),
        Access(A.WORKER, (READ, REMOVE), "true"),
        Access(A.WORKER, (CHANGE,), "true", ("state", "sealed_phone")),
    ),
    "gathering_told": (
        Access(A.WORKER, (*ALL, REMOVE), "true"),
        *(Access(a, (READ,), _OF_A_SEEN_ONE) for a in (A.BUREAU, A.FIRM, A.PARTNER)),
    ),
}
