"""What has been told so far, kept between drafts as the next one must reckon with it."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cloud.cubes.cells import Cell
from cloud.cubes.models import ToldState
from cloud.disclosure.editions import State
from cloud.disclosure.looks import Look
from cloud.releases.ledger import read_cell, write_cell


def read_told(session: Session, period: str) -> dict[str, State]:
    """What has been told of the period's year and of each of its quarters."""
    rows = session.scalars(select(ToldState).where(ToldState.period.startswith(period[:4], autoescape=True)))
    return {row.period: _read(row.content) for row in rows}


def keep_told(session: Session, states: Mapping[str, State]) -> None:
    """Whatever was checked may have been seen: it is told from now on, published or not."""
    for period, state in states.items():
        session.merge(ToldState(period=period, content=_write(state)))
    session.flush()


def _write(state: State) -> str:
    content = {
        "cells": _named(state.cells),
        "firms": {name: _named(own) for name, own in state.firms.items() if own},
        "behind": _named(state.behind),
        "cut": sorted(state.cut),
        "seen": {name: _named(cells) for name, cells in {"": state.seen.cells, **state.seen.firms}.items()},
    }
    return json.dumps(content, ensure_ascii=False)


def _read(content: str) -> State:
    held = json.loads(content)
    return State(
        cells=_cells(held["cells"]),
        firms={name: _counts(own) for name, own in held["firms"].items()},
        behind=_counts(held["behind"]),
        cut=frozenset(map(tuple, held["cut"])),
        seen=Look(_counts(held["seen"][""]), {name: _counts(own) for name, own in held["seen"].items() if name}),
    )


def _named(cells: Mapping[Cell, int | None]) -> dict[str, int | None]:
    return {write_cell(cell): count for cell, count in cells.items()}


def _cells(named: Mapping[str, int | None]) -> dict[Cell, int | None]:
    return {read_cell(name): count for name, count in named.items()}


def _counts(named: Mapping[str, int]) -> dict[Cell, int]:
    return {read_cell(name): count for name, count in named.items()}
