"""The lives of a waiver: one table of allowed moves, and who may make them. Pure.

The firm that knows the case recommends; an officer of the bureau decides; an appeal goes to another officer. Nobody is
refused by a machine, and no state is left without a next step for the owner.
"""

from tenants.lives import Life

LIFE = Life(
    {
        ("applied", "ask"): "more_asked",
        ("recommended", "ask"): "more_asked",
        ("more_asked", "answer"): "applied",
        ("applied", "recommend"): "recommended",
        ("applied", "grant"): "granted",
        ("applied", "refuse"): "refused",
        ("recommended", "grant"): "granted",
        ("recommended", "refuse"): "refused",
        ("refused", "appeal"): "appealed",
        ("revoked", "appeal"): "appealed",
        ("appealed", "allow"): "granted",
        ("appealed", "uphold"): "decided",
        ("granted", "ask_reset"): "reset_asked",
        ("reset_asked", "reset"): "granted",
        ("reset_asked", "keep"): "granted",
        ("granted", "revoke"): "revoked",
        ("reset_asked", "revoke"): "revoked",
        **{(state, "withdraw"): "withdrawn" for state in ("applied", "more_asked", "recommended", "appealed")},
    }
)
ROLES: dict[str, frozenset[str]] = {
    "owner": frozenset({"answer", "appeal", "ask_reset", "withdraw"}),
    "firm": frozenset({"ask", "recommend"}),
    "bureau": frozenset({"ask", "grant", "refuse", "allow", "uphold", "reset", "keep", "revoke"}),
    "system": frozenset({"withdraw"}),
}
WAITING = ("applied", "more_asked", "recommended")
# While the bureau has something to decide it may read what the owner wrote; before and after it may not.
OPEN_TO_BUREAU = (*WAITING, "appealed", "reset_asked")
CLOCK_RUNS = ("applied", "recommended", "appealed", "reset_asked")
IN_FORCE = ("granted", "reset_asked")
