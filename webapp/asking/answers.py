"""What a screen of questions sent: each answer saved by itself; what could not be taken stands on the screen again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from checkup.cases.checkups import OpenCheckup
from checkup.packs.answers import InvalidAnswer
from checkup.report.stopping import stops_after
from tenants.clock import city_day, now
from webapp.edge.errors import answer_fault_text


@dataclass(frozen=True)
class Saved:
    """The checkup after the last answer that was taken; by question, why one was not, and what was typed there."""

    last: OpenCheckup | None
    faults: Mapping[str, str]
    typed: Mapping[str, str]


def save_each(given: Mapping[str, list[str]], save_one: Callable[[str, list[str]], OpenCheckup]) -> Saved:
    last, faults = None, dict[str, str]()
    for asked, raw in given.items():
        try:
            last = save_one(asked, raw)
        except InvalidAnswer as invalid:
            faults[asked] = answer_fault_text(invalid)
    typed = {asked: raw[0] if raw else "" for asked, raw in given.items() if asked in faults}
    return Saved(last, faults, typed)


def find_stop(opened: OpenCheckup, given: Iterable[str]) -> str | None:
    """The risk that cannot wait, of the first among these questions whose answer shows one."""
    known, is_express = (opened.pack, opened.profile, opened.answers), opened.row.is_express
    for asked in given:
        for found in stops_after(*known, asked, today=city_day(now()), express=is_express):
            return found.risk
    return None
