"""The life of a release: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import follow

MOVES: dict[tuple[str, str], str] = {
    ("drafted", "pass"): "checked",
    ("drafted", "fail"): "failed",
    ("checked", "publish"): "published",
    ("checked", "drop"): "dropped",
    ("failed", "drop"): "dropped",
    ("published", "correct"): "corrected",
}


def after(state: str, move: str) -> str:
    """The state a move leads to. Raises: Conflict, code `not_now`, when the table does not allow it."""
    return follow(MOVES, state, move)
