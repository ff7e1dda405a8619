"""The life of a fix: one table of allowed moves, and whose move each is. Pure."""

from tenants.errors import Conflict

MOVES: dict[tuple[str, str], str] = {
    **{(state, "take"): "in_hand" for state in ("open", "reopened", "accepted", "claimed_done")},
    **{(state, "claim"): "claimed_done" for state in ("open", "in_hand", "reopened")},
    **{(state, "accept"): "accepted" for state in ("open", "in_hand", "reopened")},
    ("claimed_done", "confirm"): "confirmed",
    ("claimed_done", "reopen"): "reopened",
    ("confirmed", "reopen"): "reopened",
    **{(state, "drop"): "dropped" for state in ("open", "in_hand", "claimed_done", "reopened", "accepted")},
    ("dropped", "restore"): "open",
}
OF_OWNER = frozenset({"take", "claim", "accept"})
OF_LAWYER = frozenset({"confirm", "reopen"})
OF_EDITION = frozenset({"drop", "restore"})  # a corrected report no longer, or again, holds the finding
TO_DO = frozenset({"open", "in_hand", "reopened"})
STATES = ("open", "in_hand", "claimed_done", "confirmed", "reopened", "accepted", "dropped")


def after(state: str, move: str, *, of: frozenset[str]) -> str:
    """The state a move leads to. Raises: Conflict `not_now` when the table or the mover (`of`) does not allow it."""
    if move not in of or (state, move) not in MOVES:
        raise Conflict("not_now")
    return MOVES[state, move]


def moves_from(state: str, of: frozenset[str]) -> tuple[str, ...]:
    """What this person may do now, in the table's order."""
    return tuple(move for (was, move) in MOVES if was == state and move in of)
