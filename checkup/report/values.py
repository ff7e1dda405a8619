"""The frozen report that both the page and the PDF show. Pure."""

import datetime as dt
from dataclasses import dataclass

from checkup.report.days import StripDay, strip
from tenants.working_days import is_known

_LIGHTS = ("red", "orange", "yellow", "green")


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is, and whom to call; `logo` is the address of its picture on this site, empty without one."""

    name: str
    name_en: str
    licence_number: str
    address: str
    phone: str
    logo: str


@dataclass(frozen=True)
class Entry:
    """One finding in the reader's language. Likelihoods 0–1; `plain` is the lawyer's own plain word to the owner,
    `lawyer_text` the same for another lawyer; `because`: the answers it rests on.

    `place`: its number among the findings, from 1 on; `planned_on`: our suggestion, where no day of the law is before.
    """

    risk: str
    title: str
    area: str
    domain: str
    colour: str
    urgent: bool
    due: dt.date | None
    is_past: bool
    consequence: str
    remedy: str
    laws: tuple[str, ...]
    machine_likelihood: float
    lawyer_likelihood: float | None
    lawyer_action: str
    lawyer_reason: str
    lawyer_text: str
    plain: str
    dismissed: bool
    because: str = ""
    is_day_of_law: bool = False
    place: int = 0
    planned_on: dt.date | None = None

    @property
    def cannot_wait(self) -> bool:
        """Urgent or grave, or a day of the law runs or has passed."""
        return self.urgent or self.due is not None or self.colour == "red"

    @property
    def is_minor(self) -> bool:
        """Slight, and no day presses: folded behind the rest."""
        return self.colour == "yellow" and not self.cannot_wait

    @property
    def is_due_known(self) -> bool:
        """Whether the holidays that decide the last day are announced; else it may still move. A day that the law
        itself names does not."""
        return self.due is None or self.is_day_of_law or is_known(self.due)


@dataclass(frozen=True)
class EditionChange:
    """What a correction changed about one finding (title) or the advice (no title); the decisions are empty where
    only words changed."""

    title: str
    was: str
    became: str


@dataclass(frozen=True)
class Right:
    """Something the business may claim or use, in the reader's language."""

    title: str
    text: str
    step: str
    laws: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """One area: its light, the light it had the time before (or empty), how many questions were asked and answered.

    `openness` is how much weight its open answers could still move, to say where to go on.
    """

    id: str
    name: str
    light: str
    was: str
    asked: int
    answered: int
    openness: float
    score: float | None
    low: float | None
    high: float | None

    @property
    def moved(self) -> str:
        """`better`, `worse` or `same` than the time before; empty where one of both lights says nothing."""
        if not {self.light, self.was} <= set(_LIGHTS):
            return ""
        now, before = _LIGHTS.index(self.light), _LIGHTS.index(self.was)
        return "same" if now == before else "better" if now > before else "worse"


@dataclass(frozen=True)
class Report:
    """Everything a reader sees; the same value gives the same bytes.

    `pressing`: what concerns her for certain and is urgent, while it is open what she has done about it (a summons that
    came): before all else, and among `to_clarify` too;
    `to_clarify`: area → titles of what the answers leave open; `not_asked`: names of the areas without a question;
    `earlier_on`: the day of the checkup that the areas' earlier lights are of;
    `reviewed_score`, `reviewed_grade`: with the lawyer's likelihoods, where she changed any;
    `held`: which findings hold the grade below what the score alone would give, in a sentence, or empty;
    `is_express`: the light is the result, not the letter; `enough`: whether so much is known that there is a verdict,
    else `asked_first` names the questions to answer first; `hints`: what is not yet done, outside the findings;
    `is_trial`: the firm is still on trial, so every page says so;
    `edition`: 0 for an automatic report; from the second on `why` and `changes` say what was corrected.
    `shown_to`: the level it was redacted to (`checkup/report/redacting.py`), empty for its owner;
    `tally`: colour, found, mended — where findings themselves are not shown.
    """

    locale: str
    title: str
    business_name: str
    letterhead: Letterhead
    lawyer_name: str | None
    partner_name: str | None
    stage: str
    edition: int
    why: str
    changes: tuple[EditionChange, ...]
    score: float | None
    low: float | None
    high: float | None
    grade: str | None
    grade_low: str | None
    grade_high: str | None
    reviewed_score: float | None
    reviewed_grade: str | None
    held: str
    is_express: bool
    light: str
    reviewed_light: str | None
    enough: bool
    asked_first: tuple[str, ...]
    areas: tuple[Area, ...]
    not_asked: tuple[str, ...]
    earlier_on: dt.date | None
    findings: tuple[Entry, ...]
    hints: tuple[Entry, ...]
    dismissed: tuple[Entry, ...]
    to_clarify: tuple[tuple[str, tuple[str, ...]], ...]
    rights: tuple[Right, ...]
    advice: str
    submitted_on: dt.date
    signed_on: dt.date | None
    pack: str
    verify_number: str | None
    verify_url: str | None
    pressing: tuple[Entry, ...] = ()
    is_trial: bool = False
    shown_to: str = ""
    tally: tuple[tuple[str, int, int], ...] = ()

    @property
    def days(self) -> tuple[StripDay, ...]:
        """All days of what presses and of the findings, the nearest first."""
        return strip((*self.pressing, *self.findings))

    @property
    def scored_areas(self) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.low is not None)

    def grave_in(self, area: Area) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.findings if entry.area == area.id and not entry.is_minor)

    def small_in(self, area: Area) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.findings if entry.area == area.id and entry.is_minor)

    @property
    def grave_areas(self) -> frozenset[str]:
        """The areas that have more than small things."""
        return frozenset(entry.area for entry in self.findings if not entry.is_minor)
