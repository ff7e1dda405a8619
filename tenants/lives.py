"""A life is one table of allowed moves: (state, move) → the state it leads to. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from tenants.errors import Conflict


@dataclass(frozen=True)
class Life:
    """The moves of one kind of thing; no other place decides what may follow.

    `of`, where given, is what the person who asks may do at all. `refusal` is the code of a move the table lacks.
    """

    moves: Mapping[tuple[str, str], str]
    refusal: str = "not_now"

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table knows."""
        return frozenset(state for state, _ in self.moves) | frozenset(self.moves.values())

    def after(self, state: str, move: str, *, of: Container[str] | None = None) -> str:
        """The state a move leads to. Raises: Conflict `not_yours` when another has to make it, else the refusal."""
        if of is not None and move not in of:
            raise Conflict("not_yours")
        try:
            return self.moves[state, move]
        except KeyError:
            raise Conflict(self.refusal) from None

    def may(self, state: str, move: str) -> bool:
        """Whether the table has the move."""
        return (state, move) in self.moves

    def moves_from(self, state: str, *, of: Container[str] | None = None) -> tuple[str, ...]:
        """What may be done now, in the table's order."""
        return tuple(move for was, move in self.moves if was == state and (of is None or move in of))


# What one person proposes and another decides.
PROPOSAL = Life({("proposed", "approve"): "approved", ("proposed", "reject"): "rejected"})
