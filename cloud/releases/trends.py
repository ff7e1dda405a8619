"""Published counts over time and by district, from the newest edition of each period."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cloud.cubes.cells import TOPIC, WITH, Cell
from cloud.releases.ledger import list_cells, list_editions

MOST_PERIODS = 8


@dataclass(frozen=True)
class Period:
    """One quarter as published: cell → count, None where withheld; what is absent was not counted."""

    period: str
    number: int
    cells: dict[Cell, int | None]

    def count(self, topic: str, district: str | None = None) -> int | None:
        """Businesses (`topic` empty) or businesses with a finding in an area of law, in a district or the city."""
        parts = [("district", district)] if district else []
        parts += [(f"{TOPIC}{topic}", WITH)] if topic else []
        return self.cells.get(tuple(sorted(parts)))

    def by_topic_and_district(self) -> dict[tuple[str, str], int | None]:
        """(area of law, district) → count."""
        return {
            (topic[0].removeprefix(TOPIC), place[1]): count
            for cell, count in self.cells.items()
            if len(cell) == 2
            for place, topic in [cell]
            if place[0] == "district" and topic[0].startswith(TOPIC) and topic[1] == WITH
        }


def read_year(session: Session, year: int) -> dict[str, int | None]:
    """District → businesses in the newest edition of a year, None where withheld; empty before there is one."""
    editions = [one for one in list_editions(session) if one.period == str(year)]
    cells = list_cells(session, editions[0].number) if editions else {}
    return {parts[0][1]: count for parts, count in cells.items() if len(parts) == 1 and parts[0][0] == "district"}


def read_quarters(session: Session) -> Sequence[Period]:
    """The newest edition of the last quarters, oldest first."""
    quarters = [one for one in list_editions(session) if "-Q" in one.period][:MOST_PERIODS]
    return [Period(one.period, one.number, list_cells(session, one.number)) for one in reversed(quarters)]
