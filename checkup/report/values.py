"""The frozen report that both the page and the PDF show. Pure."""

import datetime as dt
from dataclasses import dataclass

from tenants.working_days import is_known


@dataclass(frozen=True)
class Entry:
    """One finding in the reader's language. Likelihoods 0–1; `points` is what mending it gains; `plain` is the lawyer's
    own plain word to the owner, `lawyer_text` the same for another lawyer; `because`: the answers it rests on."""

    risk: str
    title: str
    domain: str
    colour: str
    urgent: bool
    due: dt.date | None
    is_past: bool
    points: float
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
class DomainBar:
    """One area; `openness` is how much weight its open answers could still move, to say where to go on."""

    id: str
    name: str
    openness: float
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Report:
    """Everything a reader sees; the same value gives the same bytes.

    `to_clarify`: area → titles of what the answers leave open;
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
    firm_name: str
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
    domains: tuple[DomainBar, ...]
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
    is_trial: bool = False
    shown_to: str = ""
    tally: tuple[tuple[str, int, int], ...] = ()
