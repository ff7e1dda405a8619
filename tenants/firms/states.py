"""The lives of a firm: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import follow

MOVES: dict[tuple[str, str], str] = {
    ("applied", "admit"): "admitted",
    ("applied", "refuse"): "refused",
    ("admitted", "activate"): "active",
    ("admitted", "suspend"): "suspended",
    ("active", "suspend"): "suspended",
    ("suspended", "activate"): "active",
    ("admitted", "leave"): "left",
    ("active", "leave"): "left",
    ("suspended", "leave"): "left",
}
SERVING = ("admitted", "active")
TRIAL_CHECKUPS = 20


def after(state: str, move: str) -> str:
    """The state a move leads to. Raises: Conflict `not_now`."""
    return follow(MOVES, state, move)


def moves_from(state: str) -> tuple[str, ...]:
    """What may be decided now."""
    return tuple(move for was, move in MOVES if was == state)
