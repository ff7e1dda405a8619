"""Whether legal aid may take an owner's matter: her answers against the terms of her district on the day. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkup.packs.values import Basis
from tenants.errors import NotFound

Text = Mapping[str, str]  # language → words
MAY, LOOK, OUT = "may", "look", "out"
CLAIM, SUED = "claim", "sued"
PERSON, BUSINESS, NONE = "person", "business", "none"  # how far aid reaches; or LOOK
REACHES = (PERSON, BUSINESS, LOOK, NONE)
YES, TRIAL, NO = "yes", "trial", "no"  # whether a business's own matters are taken
EXEMPT, BELOW, BETWEEN, ABOVE, UNSAID = "exempt", "below", "between", "above", "unsaid"
INCOMES = (BELOW, BETWEEN, ABOVE, EXEMPT, UNSAID)
ACT_FIRST_DAYS = 7


@dataclass(frozen=True)
class Terms:
    """What holds from a day on; without `districts` for all. `line`, `ask`: yuan a month for each of the household, up
    to which hardship is plain, and up to which a person looks."""

    from_on: dt.date
    districts: tuple[str, ...]
    business: str
    line: int
    ask: int
    source: Text


@dataclass(frozen=True)
class Matter:
    """What it is about; how far aid reaches for who claims and who is sued; `over`: LOOK where some need no line."""

    id: str
    title: Text
    claim: str
    sued: str
    over: str
    basis: tuple[Basis, ...]
    papers: tuple[Text, ...]


@dataclass(frozen=True)
class Aid:
    """Terms, the law of how it goes, matters, and the papers that all bring (`all`), with a certificate (`exempt`),
    with an income (`income`)."""

    terms: tuple[Terms, ...]
    basis: tuple[Basis, ...]
    matters: tuple[Matter, ...]
    papers: Mapping[str, tuple[Text, ...]]

    def terms_on(self, district: str, day: dt.date) -> Terms:
        """The newest that name the district, else the newest for all. Raises: NotFound before the first day."""
        held = [one for one in self.terms if one.from_on <= day and (district in one.districts or not one.districts)]
        if not held:
            raise NotFound
        return max(held, key=lambda one: (bool(one.districts), one.from_on))

    def papers_for(self, told: "Told") -> Sequence[Text]:
        """Everything to bring, said at once."""
        shown = EXEMPT if told.income == EXEMPT else "income"
        return (*self.papers["all"], *self.papers[shown], *told.matter.papers)


@dataclass(frozen=True)
class Told:
    """Her answers. `limit`: the last day that runs, where she knows one."""

    matter: Matter
    side: str
    income: str
    limit: dt.date | None


@dataclass(frozen=True)
class Verdict:
    """`result`: MAY, LOOK or OUT, and a code for why. `days_left`: to her limit, below zero once it has passed."""

    result: str
    reason: str
    days_left: int | None

    @property
    def acts_first(self) -> bool:
        """Whether the limit is so near, or past, that she calls before she fills in anything."""
        return self.days_left is not None and self.days_left <= ACT_FIRST_DAYS


def judge(told: Told, terms: Terms, today: dt.date) -> Verdict:
    days = (told.limit - today).days if told.limit else None
    return Verdict(*_place(told, terms), days)


def _place(told: Told, terms: Terms) -> tuple[str, str]:
    reach = told.matter.claim if told.side == CLAIM else told.matter.sued
    if reach == NONE:
        return OUT, "no_dispute"
    if reach == BUSINESS and terms.business == NO:
        return OUT, "business_not_yet"
    if told.income == ABOVE and (reach == BUSINESS or told.matter.over != LOOK):
        return OUT, "above_line"
    if reach == BUSINESS and terms.business == TRIAL:
        return LOOK, "business_trial"
    if reach == LOOK:
        return LOOK, "not_plain"
    return _by_income[told.income]


_by_income = {
    EXEMPT: (MAY, "exempt"),
    BELOW: (MAY, "below_line"),
    BETWEEN: (LOOK, "near_line"),
    ABOVE: (LOOK, "some_without_line"),
    UNSAID: (LOOK, "income_unsaid"),
}
