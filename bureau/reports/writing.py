"""From a frozen edition to the sections of the report. Pure: the same edition gives the same document."""

from collections.abc import Mapping, Sequence

from bureau.reports.blocks import Block, Document, Figure, Part, Section, Table, Text, fill, make_bars
from bureau.reports.edition_rules import (
    Compared,
    Frozen,
    Rated,
    compare,
    digest,
    is_withheld,
    period_days,
    to_bytes,
    total_score,
)
from bureau.reports.measures import COUNT, FEN, Book, Measure, at
from bureau.reports.words import UNITS, word
from tenants.districts import DISTRICTS

TOPIC = "finding_"
GRADES = ("A", "B", "C", "D", "E")


class Writer:
    """One report in one language; `topics`: area of law → its name."""

    def __init__(self, frozen: Frozen, before: Frozen | None, locale: str, topics: Mapping[str, str]) -> None:
        self.frozen, self.locale, self.topics = frozen, locale, topics
        self.compared = compare(frozen, before) if before else tuple(Compared(one, None, False) for one in frozen.rated)
        self.before = before

    def document(self) -> Document:
        is_quarter = "-Q" in self.frozen.period
        title = self.word("title").format(place=self.frozen.place[self.locale])
        subtitle = self.word("subtitle_quarter" if is_quarter else "subtitle").format(period=self.frozen.period)
        if self.frozen.is_provisional:
            subtitle += self.word("provisional").format(as_of=self.frozen.as_of)
        sections = (
            Section(self.word("summary"), self.summary()),
            Section(self.word("indicators"), self.indicators()),
            Section(self.word("risks"), self.risks()),
            Section(self.word("districts"), self.districts()),
            Section(self.word("method"), self.method()),
            Section(self.word("withheld"), self.withheld()),
            Section(self.word("manifest"), self.manifest()),
        )
        sealed = digest(to_bytes(self.frozen))
        return Document(self.locale, title, subtitle, sealed, tuple(one for one in sections if one.blocks))

    def word(self, key: str) -> str:
        return word(key, self.locale)

    def figure(self, key: str) -> Figure:
        """A measure as it is shown: rounded for people, exact in the manifest."""
        measure = self.frozen.book.get(key)
        return Figure(self.shown(measure), key, is_number=measure is not None and measure.value is not None)

    def shown(self, measure: Measure | None) -> str:
        if measure is None or measure.value is None:
            if measure is None or not measure.is_withheld:
                return self.word("unknown")
            return self.word("withheld_mark")
        if measure.unit == FEN:
            return f"{measure.value / 100:,.2f}"
        return f"{measure.value:,.0f}" if measure.value == int(measure.value) else f"{measure.value:,.1f}"

    def has(self, *keys: str) -> bool:
        return all(key in self.frozen.book for key in keys)

    def sentence(self, name: str, **keys: str) -> list[Block]:
        """The sentence with its figures, or nothing where the edition has none of them."""
        return (
            [fill(self.word(name), **{k: self.figure(v) for k, v in keys.items()})] if self.has(*keys.values()) else []
        )

    def summary(self) -> tuple[Block, ...]:
        return (
            *self.coverage(),
            *self.reach(),
            *self.sentence("summary_signed", signed="reviews_signed", median_days="review_days_median"),
            *self.sentence("summary_due", due="reviews_due", on_time="reviews_on_time"),
            *self.sentence(
                "summary_hours", minutes="minutes_verified", reached="lawyers_reached", lawyers="lawyers"
            ),
            *self.voice(),
            *self.sentence("summary_bodies", sent="referrals", mediations="mediations"),
            *self.sentence("summary_talks", ended="talks_ended", days="talk_days_median"),
            *self.sentence("summary_talks_done", done="mediations_done"),
            *self.sentence(
                "summary_bodies_ended", ended="referrals_ended", done="referrals_done", well="body_ratings_well"
            ),
            *self.sentence(
                "summary_gatherings", held="gatherings_held", minutes="gathering_minutes", came="gathering_came"
            ),
            *self.sentence("money_text", waivers="relief_waived", waived="waived_fen", deferred="deferred_fen"),
        )  # fmt: skip

    def coverage(self) -> list[Block]:
        """From which days and which releases the numbers are."""
        days = fill(self.word("coverage_days"), first=Figure(period_days(self.frozen.period)[0].isoformat(), "period"),
                    last=Figure(self.frozen.as_of, "period"))  # fmt: skip
        if not self.frozen.releases:
            return [days, Text((self.word("coverage_none"),))]
        numbers = Figure(self.word("comma").join(self.frozen.releases), f"release:{next(iter(self.frozen.releases))}")
        quarters = Figure(self.word("comma").join(self.frozen.covers), "covers")
        said = "coverage_releases" if "-Q" in self.frozen.period else "coverage_year"
        count = Figure(str(len(self.frozen.covers)), "covers")
        return [days, fill(self.word(said), numbers=numbers, quarters=quarters, count=count)]

    def reach(self) -> list[Block]:
        """Businesses counted: in a year how often, and how many."""
        if "-Q" in self.frozen.period:
            return self.sentence("summary_reach", businesses="businesses", urgent="urgent")
        often = self.sentence("summary_reach_year", businesses="businesses", urgent="urgent")
        many = self.sentence("summary_distinct", distinct="businesses_distinct")
        return [*often, *(many or ([Text((self.word("no_distinct"),))] if often else []))]

    def voice(self) -> list[Block]:
        """What owners said; a mean only where somebody has rated."""
        ratings = self.frozen.book.get("ratings")
        if ratings is not None and ratings.value == 0:
            return self.sentence("summary_unrated", ratings="ratings", complaints="complaints")
        return self.sentence("summary_voice", ratings="ratings", rating_mean="rating_mean", complaints="complaints")

    def indicators(self) -> tuple[Block, ...]:
        if not self.compared:
            return ()
        rows = tuple(self.indicator_row(one) for one in self.compared)
        table = Table(self.word("indicators"), tuple(self.word("indicator_head").split("|")), rows)
        total = total_score(self.frozen.rated)
        shown = self.word("unknown") if total is None else f"{total:.1f} %"
        return table, fill(self.word("total"), total=Figure(shown, "total"))

    def indicator_row(self, one: Compared) -> tuple[Part, ...]:
        rated, definition = one.now, one.now.definition
        key = f"indicator:{definition.key}"
        unknown = self.word("unknown")
        before = self.of_indicator(one.before, self.before.book) if self.before and one.before else unknown
        change = one.change
        return (
            definition.name[self.locale],
            Figure(self.of_indicator(rated, self.frozen.book), key),
            Figure(self.number(definition.target, definition.unit), key),
            Figure(unknown if rated.progress is None else f"{100 * rated.progress:.0f} %", key),
            Figure(before, key),
            self.word("not_over" if self.frozen.is_provisional else "changed_definition")
            if one.before and not one.is_alike
            else Figure(unknown if change is None else f"{change:+.1f}", key),
            Figure(str(definition.weight), key),
        )  # fmt: skip

    def of_indicator(self, rated: Rated, book: Book) -> str:
        """Its value, or the mark of a release that withholds what it is made of."""
        if rated.value is None and is_withheld(rated, book):
            return self.word("withheld_mark")
        return self.number(rated.value, rated.definition.unit)

    def number(self, value: float | None, unit: str) -> str:
        if value is None:
            return self.word("unknown")
        return f"{value:,.1f} %" if unit == "percent" else f"{value:,.1f}"

    def risks(self) -> tuple[Block, ...]:
        year = "" if "-Q" in self.frozen.period else "_year"
        topics = [(name, f"{TOPIC}{topic}") for topic, name in self.topics.items() if self.has(f"{TOPIC}{topic}")]
        grades = [(grade, f"grade_{grade}") for grade in GRADES if self.has(f"grade_{grade}")]
        return tuple(
            make_bars(
                self.word(caption),
                [(name, self.figure(key), self.frozen.book[key].value) for name, key in rows],
                is_ordered=rows is grades,
            )
            for caption, rows in ((f"risks_caption{year}", topics), (f"grades_caption{year}", grades))
            if rows
        )

    def districts(self) -> tuple[Block, ...]:
        here = [code for code in DISTRICTS if self.has(at("businesses", code))]
        if not here:
            return ()
        rows = tuple(
            (DISTRICTS[code][self.locale], self.figure(at("businesses", code)), self.figure(at("urgent", code)))
            for code in here
        )
        head = self.word("districts_head" if "-Q" in self.frozen.period else "districts_head_year")
        return (Table(self.word("districts"), tuple(head.split("|")), rows),)

    def method(self) -> tuple[Block, ...]:
        sealed = digest(to_bytes(self.frozen))
        return (
            Text((self.word("method_consent"),)),
            fill(self.word("method_k"), threshold=Figure(str(self.frozen.threshold), "threshold")),
            Text((self.word("method_process"),)),
            fill(self.word("method_rerun"), digest=Figure(sealed, "edition")),
        )

    def withheld(self) -> tuple[Block, ...]:
        kept = [one for one in self.frozen.book.values() if one.is_withheld]
        count, everything = (Figure(str(n), "withheld") for n in (len(kept), len(self.frozen.book)))
        head = tuple(self.word("manifest_head").split("|"))
        rows = tuple(self.manifest_row(one) for one in kept)
        said = fill(self.word("withheld_text"), count=count, all=everything)
        return (said, Table(self.word("withheld"), head, rows)) if kept else (said,)

    def manifest(self) -> tuple[Block, ...]:
        measures = Table(
            self.word("manifest"),
            tuple(self.word("manifest_head").split("|")),
            tuple(self.manifest_row(one) for one in self.frozen.book.values()),
        )
        formulas = tuple(
            (d.name[self.locale], Figure(str(d.version), f"indicator:{d.key}"),
             Figure(d.formula, f"indicator:{d.key}"), d.source)
            for d in (one.definition for one in self.frozen.rated)
        )  # fmt: skip
        releases = tuple(
            (Figure(number, f"release:{number}"), Figure(sealed, f"release:{number}"))
            for number, sealed in self.frozen.releases.items()
        )
        return (
            measures,
            *self.table("indicators", "formulas_head", formulas),
            *self.table("manifest", "releases_head", releases),
        )

    def table(self, caption: str, head: str, rows: Sequence[tuple[Part, ...]]) -> tuple[Block, ...]:
        return (Table(self.word(caption), tuple(self.word(head).split("|")), tuple(rows)),) if rows else ()

    def manifest_row(self, one: Measure) -> tuple[Part, ...]:
        unit = UNITS.get(one.unit, UNITS[COUNT])[1 if self.locale == "en" else 0]
        exact = self.shown(one) if one.value is None else exact_text(one.value)
        return Figure(one.key, one.key), Figure(exact, one.key), unit, Figure(one.source, one.key)


def exact_text(value: float) -> str:
    """Every digit of the number, and none that it has not."""
    return str(int(value)) if value == int(value) else repr(value)
