"""The lives of a review: one table of allowed moves, no other place decides. Pure.

`pool` is a case that nobody holds and nobody was offered yet; it has no row. `returned` and `reassigned` cases lie in
the pool again; who leaves the firm, or is relieved of a case by its admin, takes the step `leave`.
"""

from tenants.lives import Life

POOL = "pool"
FREE = (POOL, "returned", "reassigned")
WORKING = ("accepted", "asked", "answered")  # a lawyer has it in hand
HELD = ("conflict_checked", *WORKING)
LIFE = Life(
    {
        **{(state, "offer"): "offered" for state in (*FREE, "offered")},
        ("offered", "pass"): "returned",
        ("offered", "check"): "conflict_checked",
        ("conflict_checked", "accept"): "accepted",
        ("accepted", "ask"): "asked",
        ("answered", "ask"): "asked",
        ("asked", "ask"): "asked",
        ("asked", "answer"): "answered",
        **{(state, "recuse"): "returned" for state in ("offered", *HELD)},
        **{(state, "return"): "returned" for state in HELD},
        **{(state, "reassign"): "reassigned" for state in WORKING},
        **{(state, "leave"): "reassigned" for state in ("offered", *HELD)},
        **{(state, "sign"): "signed" for state in WORKING},
        ("signed", "correct"): "accepted",
        **{(state, "keep"): "signed" for state in WORKING},
    }
)
