"""The life of one person's conflict check: what may follow, by the person and by a partner. Pure.

`new` is a person who has not looked; `released` gave the case back. Asking and recusing cannot be taken back alone.
"""

from tenants.errors import Conflict

NEW = "new"
OUTCOMES = ("clear", "recuse", "ask_partner")
ALONE: frozenset[tuple[str, str]] = frozenset(
    {(was, became) for was in (NEW, "clear", "released") for became in OUTCOMES} | {("clear", "released")}
)
BY_PARTNER: frozenset[tuple[str, str]] = frozenset(
    {("ask_partner", "clear"), ("ask_partner", "recuse"), ("recuse", "clear"), ("clear", "recuse")}
)


def check_move(was: str, became: str, *, by_partner: bool) -> None:
    """Raises: Conflict `wall` where the move is not allowed."""
    if (was, became) not in (BY_PARTNER if by_partner else ALONE):
        raise Conflict("wall")
