"""Counts, releases and their subscribers."""

from tenants.database import Audience as A
from tenants.matrix.cells import ADD, ALL, CHANGE, OWN_FIRM, READ, REMOVE, Access, Matrix

STATISTICS: Matrix = {
    # Counts before disclosure control: for the worker that keeps them and the operator who releases, nobody else.
    "contribution": (Access(A.WORKER, (*ALL, REMOVE), f"{OWN_FIRM} OR app_firm() IS NULL"),),
    "cube_cell": (Access(A.WORKER, (*ALL, REMOVE), "true"), Access(A.OPERATOR, (READ,), "true")),
    "release": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.WORKER, (READ,), "true"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "subscriber": (Access(A.WORKER, (READ,), "true"), Access(A.OPERATOR, ALL, "true")),
    "delivery": (Access(A.WORKER, (READ, CHANGE), "true"), Access(A.OPERATOR, ALL, "true")),
    "released_cell": (
        Access(A.PUBLIC, (READ,), "true", ("number", "cell", "count", "status")),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
}
