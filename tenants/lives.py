"""A life is one table of allowed moves: (state, move) → the state it leads to. Pure."""

from collections.abc import Mapping

from tenants.errors import Conflict


def follow(table: Mapping[tuple[str, str], str], state: str, move: str) -> str:
    """The state a move leads to. Raises: Conflict `not_now` when the table does not allow it."""
    try:
        return table[state, move]
    except KeyError:
        raise Conflict("not_now") from None
