"""Counts, releases and their subscribers."""

from tenants.access.cells import ADD, ALL, CHANGE, MINE, OWN_FIRM, READ, REMOVE, Access, Matrix, holds
from tenants.database import Audience as A

_ANYWHERE = f"{OWN_FIRM} OR app_firm() IS NULL"
_LEFT = "state IN ('published', 'corrected')"
_OWN_DOOR = ("url", "sealed_secret", "old_sealed_secret", "old_until")
_DRAFT = ("id", "period", "method", "threshold", "after", "state", "why", "asked_at", "number")

STATISTICS: Matrix = {
    # Counts before disclosure control: for the worker that keeps them and the operator who releases, nobody else.
    "contribution": (Access(A.WORKER, (*ALL, REMOVE), _ANYWHERE),),
    "contribution_sum": (
        Access(A.WORKER, (*ALL, REMOVE), _ANYWHERE),
        Access(A.FIRM, (READ,), OWN_FIRM, ("firm_id", "period", "measure", "amount")),
    ),
    "cube_cell": (Access(A.WORKER, (*ALL, REMOVE), "true"),),
    # How much is begun and finished, by whom nobody can say: for the operator, who watches for a machine that makes up
    # businesses.
    "counted_act": (
        Access(A.OWNER, (ADD,), OWN_FIRM),
        Access(A.OPERATOR, (READ,), "true"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # What would leave: heads of the bureau and admins of firms see it once it is shown, as it would go out.
    "release_draft": (
        Access(A.WORKER, (READ, CHANGE), "true"),
        Access(A.OPERATOR, ALL, "true"),
        Access(A.BUREAU, (READ,), f"{_LEFT} OR (state = 'shown' AND app_heads())", _DRAFT),
        Access(A.FIRM, (READ,), f"{_LEFT} OR (state = 'shown' AND {holds('firm_admin')})", _DRAFT),
    ),
    "draft_cell": (
        Access(A.WORKER, (READ, ADD), "true"),
        Access(A.OPERATOR, (READ, ADD), "true"),
        *(
            Access(a, (READ,), "draft_id IN (SELECT id FROM release_draft)", ("draft_id", "cell", "count", "status"))
            for a in (A.BUREAU, A.FIRM)
        ),
    ),
    "preview_look": (
        Access(A.OPERATOR, (READ,), "true"),
        *(Access(a, (ADD,), MINE) for a in (A.BUREAU, A.FIRM)),
    ),
    # What has been told, with what stays here: for the worker that drafts.
    "told_state": (Access(A.WORKER, ALL, "true"),),
    "release_event": (Access(A.WORKER, (READ, ADD), "true"), Access(A.OPERATOR, (READ, ADD), "true")),
    "noise_spent": (Access(A.WORKER, (READ, ADD), "true"), Access(A.OPERATOR, (READ, ADD), "true")),
    "release": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.BUREAU, (READ,), "true"),
        Access(A.WORKER, (READ,), "true"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "subscriber": (
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (CHANGE,), "true", ("is_active",)),
        Access(A.OPERATOR, ALL, "true"),
        Access(A.CLIENT, (READ,), "id::text = app_token()"),
        Access(A.CLIENT, (CHANGE,), "id::text = app_token()", _OWN_DOOR),
    ),
    "delivery": (
        Access(A.WORKER, (READ, CHANGE), "true"),
        Access(A.OPERATOR, ALL, "true"),
        Access(A.CLIENT, (READ,), "subscriber_id::text = app_token()"),
        Access(A.CLIENT, (CHANGE,), "subscriber_id::text = app_token()", ("state", "tries", "next_at")),
    ),
    "released_cell": (
        *(Access(a, (READ,), "true", ("number", "cell", "count", "status")) for a in (A.PUBLIC, A.BUREAU)),
        Access(A.WORKER, (READ,), "true"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
}
