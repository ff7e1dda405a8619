"""Counts of businesses beside the releases, told by the same rule: numbers of ten and more that stay until a crowd has
moved them, of which no firm can take away its own."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy.orm import Session

from cloud.cubes.cells import Cell
from cloud.disclosure.editions import State, retell
from cloud.disclosure.quarters import Counts, make_quarter
from cloud.disclosure.suppression import THRESHOLD
from cloud.releases.history import keep_told, read_told


def tell_counts(
    session: Session, name: str, firms: Mapping[str, Counts], others: Counts | None = None
) -> Mapping[Cell, int]:
    """Cell → what is told of it from now on, under Scope(WORKER). `name`: of the whole that is told, as it is kept;
    `others`: what is no firm's, so that none knows it beside what is told.

    What is not told yet is not there.
    """
    counts = Counts()
    for held in (*firms.values(), others or {}):
        for block, keys in held.items():
            counts.setdefault(block, Counter()).update(keys)
    quarter = make_quarter(counts, None, firms)
    before = read_told(session, name).get(name) or State(dict.fromkeys(quarter.world.cells(), 0))
    state = retell(quarter, before, THRESHOLD)
    keep_told(session, {name: state})
    return {cell: count for cell, count in state.cells.items() if count}
