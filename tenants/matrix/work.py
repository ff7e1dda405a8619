"""Checkups, answers, findings, reviews: the case and its content."""

from tenants.database import Audience as A
from tenants.matrix.cells import (
    ADD,
    ALL,
    CASE,
    CHANGE,
    MINE_ANYWHERE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    SUPERVISED,
    Access,
    Matrix,
)

WORK: Matrix = {
    "checkup": (*CASE, MINE_ANYWHERE),
    # Clocks and stages, kept by a trigger on `checkup`: no score, no grade, no business, and nobody writes it.
    "progress": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
    ),
    "answers": CASE,
    "case_key": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "finding": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "document": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "review": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "checkup_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, ("firm_id", "checkup_id", "id", "was", "became", "at")),
    ),
    "erasure": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
    ),
    "break_glass": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
    ),
}
