"""How a bureau steers: parameters and what else it sets for its part of the tree."""

from tenants.access.cells import ADD, CHANGE, IN_MY_PART, OWN_FIRM, READ, REMOVE, SUPERVISED, Access, Matrix
from tenants.database import Audience as A

_MY_BUREAU = "bureau_id = app_bureau()"
# A district uses the indicators of its city.
_ABOVE_ME = "bureau_id = (SELECT parent_id FROM bureau WHERE id = app_bureau())"
_MY_DISTRICT = "district = (SELECT district FROM bureau WHERE id = app_bureau())"

STEERING: Matrix = {
    # Values in force are no secret: clocks of firms and owners follow them.
    "parameter": (
        *(
            Access(a, (READ,), "state = 'approved'")
            for a in (A.PUBLIC, A.OWNER, A.FIRM, A.WORKER, A.OPERATOR, A.CLIENT)
        ),
        Access(A.BUREAU, (READ,), f"state = 'approved' OR {IN_MY_PART}"),
        Access(A.BUREAU, (ADD, CHANGE), _MY_BUREAU),
    ),
    "indicator": (
        Access(A.BUREAU, (READ,), f"{IN_MY_PART} OR {_ABOVE_ME}"),
        Access(A.BUREAU, (ADD, CHANGE), _MY_BUREAU),
    ),
    # An edition is never changed: there is no grant to do it.
    "bureau_edition": (
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (ADD,), _MY_BUREAU),
    ),
    "bureau_edition_withdrawal": (
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (ADD,), _MY_BUREAU),
    ),
    "figure": (Access(A.BUREAU, (READ,), IN_MY_PART), Access(A.BUREAU, (ADD, CHANGE), _MY_BUREAU)),
    # A goal is changed by a newer one.
    "goal": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), f"{IN_MY_PART} OR {SUPERVISED} OR ({_ABOVE_ME} AND {_MY_DISTRICT})"),
        Access(A.BUREAU, (ADD,), f"{_MY_BUREAU} AND (firm_id IS NULL OR {SUPERVISED})"),
    ),
    "emergency": (
        *(Access(a, (READ,), "true") for a in (A.PUBLIC, A.OWNER, A.FIRM, A.BUREAU, A.WORKER, A.CLIENT)),
        Access(A.BUREAU, (ADD,), _MY_BUREAU),
        # A second officer agrees, whoever is above may end it; what it says is never changed.
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, ("agreed_id", "agreed_by", "agreed_at", "ended_by", "ended_at")),
    ),
    "volunteer": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD, REMOVE), f"{OWN_FIRM} AND person_id = app_person()"),
        Access(A.BUREAU, (READ,), SUPERVISED),
    ),
    "lot": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        Access(A.BUREAU, (ADD,), f"{_MY_BUREAU} AND {SUPERVISED}"),
        # Closed by a last settlement, also by whoever is above; what was agreed is never changed.
        Access(A.BUREAU, (CHANGE,), f"{IN_MY_PART} AND {SUPERVISED}", ("settled_at", "settled_by")),
    ),
    # A unit is never changed or taken back: it is paid once.
    "lot_unit": (Access(A.FIRM, (READ,), OWN_FIRM), Access(A.BUREAU, (READ, ADD), SUPERVISED)),
    "lot_settlement": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        Access(A.BUREAU, (ADD,), f"{_MY_BUREAU} AND {SUPERVISED}"),
        # The second officer may be one of the bureau above: a bureau of one officer is not stuck.
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, ("state", "decided_id", "decided_by", "decided_at")),
    ),
    "lot_settled_unit": (Access(A.FIRM, (READ,), OWN_FIRM), Access(A.BUREAU, (READ, ADD), SUPERVISED)),
    "standard_check": (Access(A.FIRM, (READ,), OWN_FIRM), Access(A.BUREAU, (READ, ADD), SUPERVISED)),
    # Without a name from the first moment: an owner may add an answer, and cannot even read her own; the worker counts.
    "survey_answer": (Access(A.OWNER, (ADD,), OWN_FIRM), Access(A.WORKER, (READ,), "true")),
}
