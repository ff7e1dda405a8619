"""The life of a fix: one table of allowed moves, and whose move each is. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        **{(state, "take"): "in_hand" for state in ("open", "reopened", "accepted", "claimed_done")},
        **{(state, "claim"): "claimed_done" for state in ("open", "in_hand", "reopened")},
        **{(state, "accept"): "accepted" for state in ("open", "in_hand", "reopened")},
        ("claimed_done", "confirm"): "confirmed",
        ("claimed_done", "reopen"): "reopened",
        ("confirmed", "reopen"): "reopened",
        **{(state, "drop"): "dropped" for state in ("open", "in_hand", "claimed_done", "reopened", "accepted")},
        ("dropped", "restore"): "open",
    }
)
OF_OWNER = frozenset({"take", "claim", "accept"})
OF_LAWYER = frozenset({"confirm", "reopen"})
OF_EDITION = frozenset({"drop", "restore"})  # a corrected report no longer, or again, holds the finding
TO_DO = frozenset({"open", "in_hand", "reopened"})
STATES = ("open", "in_hand", "claimed_done", "confirmed", "reopened", "accepted", "dropped")
