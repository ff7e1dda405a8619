"""The platform's own desk: incidents that everybody reads of, requests that it answers, releases of packs."""

from tenants.access.cells import ADD, ALL, CHANGE, READ, Access, Matrix
from tenants.database import Audience as A

_OUTCOME = ("state", "outcome", "settled_by", "settled_at")
_VERSIONS = ("id", "pack_id", "version", "others", "share", "firms", "state", "released_at")
_SHOWN = ("id", "banner", "banner_en", "is_read_only", "opened_at", "agreed_at", "ended_at")

RUNNING: Matrix = {
    "incident": (Access(A.PUBLIC, (READ,), "ended_at IS NULL", _SHOWN), Access(A.OPERATOR, ALL, "true")),
    # Which version a firm takes is no secret; why, and what it would change, is the operator's.
    "pack_release": (
        *(Access(a, (READ,), "state IN ('released', 'stopped')", _VERSIONS) for a in (A.OWNER, A.FIRM)),
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (CHANGE,), "state = 'proposed'", ("impact",)),
        Access(A.OPERATOR, ALL, "true"),
    ),
    "data_request": (
        Access(A.OPERATOR, (READ, ADD), "true"),
        Access(A.OPERATOR, (CHANGE,), "true", _OUTCOME),
    ),
}
