"""A bureau's numbers counted again, row by row in plain Python: by another way than any query of the product."""

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenants.clock import city_day
from tenants.working_days import working_days_after, working_days_between

Row = Mapping[str, Any]
COUNTED_STATES = ("submitted", "in_review", "signed", "closed")
HOURS_THAT_COUNT = ("confirmed", "sampled", "verified")
WITHHELD, UNKNOWN = "不公开", "暂无"
REVIEW_DAYS, HOURS_TARGET, AID_CASES, LEAST = 5, 3000, 2, 10  # as the demo city has them


def read_rows(read: Callable[..., list], *tables: str) -> dict[str, list[Row]]:
    """Every row of these tables, as the owner of the database sees them."""
    return {table: [row._mapping for row in read(f"SELECT * FROM {table}")] for table in tables}  # noqa: S608 - ours


def quarter_of(day: dt.date) -> str:
    return f"{day.year}-Q{1 + (day.month - 1) // 3}"


def by_key(rows: Iterable[Row], *keys: str) -> dict[tuple, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[key] for key in keys)].append(row)
    return found


@dataclass
class Business:
    """One business in one quarter, as its newest checkup of it and what followed say."""

    district: str
    grade: str
    topics: set[str]
    is_urgent: bool
    stars: str = "none"
    mended: str = "none"
    relief: str = "none"
    amounts: Counter = field(default_factory=Counter)


def list_businesses(rows: Mapping[str, list[Row]]) -> dict[tuple, Business]:
    """(firm, business, quarter) → what is counted of it; whose owner agreed to both purposes, and is somebody."""
    agreed = _agreements(rows["consent"])
    vouched = _vouched(rows)
    businesses = {(row["firm_id"], row["id"]): row for row in rows["business"]}
    parts = {name: by_key(rows[name], "firm_id", "checkup_id") for name in ("finding", "rating", "fix", "hour_entry")}
    waivers, held = by_key(rows["waiver"], "firm_id", "checkup_id"), defaultdict(list)
    for row in sorted(rows["checkup"], key=lambda one: (one["submitted_at"] or one["started_at"], one["id"])):
        key = row["firm_id"], row["business_id"]
        if row["state"] in COUNTED_STATES and row["submitted_at"] and row["grade"] and agreed[key] and key in vouched:
            held[(*key, quarter_of(city_day(row["submitted_at"])))].append(row)
    return {key: _business(businesses[key[:2]], checkups, parts, waivers) for key, checkups in held.items()}


def _vouched(rows: Mapping[str, list[Row]]) -> set[tuple]:
    """Businesses for which a lawyer has signed, and the first three of everybody whose phone is kept."""
    has_phone = {row["id"] for row in rows["person"] if row["phone_digest"]}
    found = {(row["firm_id"], row["business_id"]) for row in rows["checkup"] if row["state"] in COUNTED_STATES[2:]}
    for owner, hers in by_key(rows["business"], "owner_id").items():
        first = sorted(hers, key=lambda one: one["id"])[:3]
        found |= {(one["firm_id"], one["id"]) for one in first if owner[0] in has_phone}
    return found


def _agreements(consents: Iterable[Row]) -> dict[tuple, bool]:
    newest = dict[tuple, dict[str, bool]]()
    for row in sorted(consents, key=lambda one: (one["at"], one["id"])):
        newest.setdefault((row["firm_id"], row["business_id"]), {})[row["purpose"]] = row["granted"]
    agreed = defaultdict[tuple, bool](bool)
    agreed.update({key: said.get("statistics", False) and said.get("cloud", False) for key, said in newest.items()})
    return agreed


def _business(row: Row, checkups: list[Row], parts: Mapping[str, dict], waivers: Mapping[tuple, list[Row]]) -> Business:
    keys = [(one["firm_id"], one["id"]) for one in checkups]
    newest = keys[-1]
    found = [
        one for one in parts["finding"][newest] if one["state"] == "found" and one["lawyer_action"] != "dismiss"
    ]  # fmt: skip
    made = Business(
        row["district"], checkups[-1]["grade"], {one["domain"] for one in found}, any(one["urgent"] for one in found)
    )
    for rating in parts["rating"][newest]:
        made.stars = str(round((rating["useful"] + rating["clear"] + rating["kind"]) / 3))
    made.mended = _mended(parts["fix"][newest])
    decided = [one for key in keys for one in waivers.get(key, ()) if one["decided_at"]]
    for one in sorted(decided, key=lambda waiver: waiver["decided_at"]):
        kind = {"waive": "waived", "reduce": "reduced", "defer": "deferred", "instalments": "deferred"}.get(
            one["relief"]
        )
        if kind:
            made.amounts["deferred_fen" if kind == "deferred" else "waived_fen"] += one["used_minor"]
        made.relief = "none" if one["state"] == "revoked" else kind or "refused"
    for key in keys:
        made.amounts["minutes"] += sum(minutes_of(one) for one in parts["hour_entry"][key] if counts(one))
    return made


def _mended(fixes: Iterable[Row]) -> str:
    states = [one["state"] for one in fixes if one["state"] != "dropped"]
    if "confirmed" not in states:
        return "open" if states else "none"
    return "all" if set(states) <= {"confirmed", "accepted"} else "part"


def counts(entry: Row) -> bool:
    return entry["state"] in HOURS_THAT_COUNT


def minutes_of(entry: Row) -> int:
    """The minutes of the spans themselves, not the number kept beside them."""
    return int(sum((one.upper - one.lower).total_seconds() for one in entry["credited"]) // 60)


# What a cell of a release is of, by the plain name under which a report uses it.
Test = Callable[[Business], bool]


def published_names(districts: Iterable[str], topics: Iterable[str]) -> dict[str, tuple[str, Test]]:
    """Plain name → (the cell of a release, whether a business is in it)."""
    named: dict[str, tuple[str, Test]] = {
        "businesses": ("", lambda one: True), "urgent": ("topic:urgent=with", lambda one: one.is_urgent),
    }  # fmt: skip
    for code in districts:
        named[f"businesses@{code}"] = f"district={code}", lambda one, code=code: one.district == code
        named[f"urgent@{code}"] = (
            f"district={code};topic:urgent=with", lambda one, code=code: one.district == code and one.is_urgent
        )  # fmt: skip
    for topic in topics:
        named[f"finding_{topic}"] = f"topic:{topic}=with", lambda one, topic=topic: topic in one.topics
    for name, values in (
        ("grade", "ABCDE"),
        ("stars", ("none", *"12345")),
        ("mended", ("none", "open", "part", "all")),
        ("relief", ("none", "waived", "reduced", "deferred", "refused")),
    ):
        for value in values:
            named[f"{name}_{value}"] = (
                f"{name}={value}", lambda one, name=name, value=value: getattr(one, name) == value
            )  # fmt: skip
    return named


SUMS = ("waived_fen", "deferred_fen", "minutes")


def count_work(rows: Mapping[str, list[Row]], year: int, today: dt.date) -> dict[str, float]:
    """What a report tells of the lawyers' work and the complaints of a year so far."""
    first, after = dt.date(year, 1, 1), min(dt.date(year + 1, 1, 1), today)
    asked = [
        (city_day(row["submitted_at"]), city_day(row["signed_at"]) if row["signed_at"] else None)
        for row in rows["checkup"]
        if row["submitted_at"] and (row["signed_at"] or (row["review_wanted"] and row["state"] in COUNTED_STATES[:2]))
    ]
    due = [(working_days_after(sent, REVIEW_DAYS).day, signed) for sent, signed in asked]
    due = [(last, signed) for last, signed in due if first <= last < after]
    took = [working_days_between(sent, signed).days for sent, signed in asked if signed and signed.year == year]
    entries = [one for one in rows["hour_entry"] if counts(one) and one["day"].year == year]
    answered = [one for one in rows["complaint"] if one["state"] != "withdrawn" and first <= one["due_on"] < after]
    return {
        "reviews_signed": len(took),
        "reviews_due": len(due),
        "reviews_on_time": sum(signed is not None and signed <= last for last, signed in due),
        "review_days_median": statistics.median(took),
        "minutes_counted": sum(map(minutes_of, entries)),
        "minutes_verified": sum(minutes_of(one) for one in entries if one["state"] == "verified"),
        "lawyers": len({one["lawyer_id"] for one in entries}),
        "lawyers_reached": len(at_target(entries)),
        "complaints": sum(city_day(one["opened_at"]).year == year for one in rows["complaint"]),
        "complaints_due": len(answered),
        "complaints_in_time": sum(
            one["settled_at"] is not None and city_day(one["settled_at"]) <= one["due_on"] for one in answered
        ),
        **count_referrals(rows, year),
        **count_gatherings(rows, year),
    }


def count_gatherings(rows: Mapping[str, list[Row]], year: int) -> dict[str, object]:
    held = [one for one in rows["gathering"] if one["state"] == "held" and city_day(one["begins_at"]).year == year]
    ids = {one["id"] for one in held}
    told = [one["count"] for one in rows["gathering_told"] if one["what"] == "came" and one["gathering_id"] in ids]
    return {
        "gatherings_held": len(held),
        "gathering_minutes": sum(
            (one["held_until"] - one["held_from"]).total_seconds() // 60 for one in held if one["held_from"]
        ),
        **({"gathering_came": sum(told) if told else WITHHELD} if held else {}),
    }


def count_referrals(rows: Mapping[str, list[Row]], year: int) -> dict[str, object]:
    """Matters handed to bodies, and how long those took that were closed; what owners say is not told of so few."""
    found: dict[str, object] = dict.fromkeys(
        (
            "referrals_ended", "referrals_done", "body_ratings_well", "body_ratings_not_well", "other_ratings_well",
            "other_ratings_not_well", "mediations_done",
        ),
        WITHHELD,
    )  # fmt: skip
    talks = [one for one in rows["mediation"] if one["ended_at"] and city_day(one["ended_at"]).year == year]
    found["talks_ended"] = len(talks)
    if talks:
        took = [working_days_between(city_day(one["asked_at"]), city_day(one["ended_at"])).days for one in talks]
        found["talk_days_median"] = statistics.median(took)
    for key, kinds in (("referral", None), ("mediation", {"mediation"})):
        sent = [one for one in rows["referral"] if one["offered_at"] and (kinds is None or one["kind"] in kinds)]
        closed = [one for one in sent if one["state"] == "closed" and city_day(one["ended_at"]).year == year]
        found[f"{key}s"] = sum(city_day(one["offered_at"]).year == year for one in sent)
        if closed:
            took = [working_days_between(city_day(one["offered_at"]), city_day(one["ended_at"])).days for one in closed]
            found[f"{key}_days_median"] = statistics.median(took)
    return found


def at_target(entries: Iterable[Row]) -> set:
    """Lawyers with so many minutes, or so many legal aid cases."""
    spent, cases = Counter(), defaultdict(set)
    for one in entries:
        spent[one["lawyer_id"]] += minutes_of(one)
        if one["category"] == "legal_aid":
            cases[one["lawyer_id"]].add(one["reference"])
    return {who for who, total in spent.items() if total >= HOURS_TARGET or len(cases[who]) >= AID_CASES}


def released(rows, quarters):
    """Cell → its sum over the releases of these quarters; None where one of them withholds it, or leaves its table
    out. A sum (fen, minutes) that is not there is of nobody."""
    tables = {one["number"]: {} for one in rows["release"] if one["period"] in quarters}
    for row in rows["released_cell"]:
        if row["number"] in tables:
            tables[row["number"]][row["cell"]] = row["count"]
    cells = {}
    for cell in {cell for table in tables.values() for cell in table}:
        parts = [table.get(cell, 0 if cell.startswith("measure=") else None) for table in tables.values()]
        cells[cell] = None if None in parts else sum(parts)
    return cells


def ratings(classes):
    """How many and their mean, of five classes of which any may be withheld."""
    if WITHHELD in classes:
        return WITHHELD, WITHHELD
    total = sum(classes)
    return total, sum(marks * count for marks, count in enumerate(classes, 1)) / total if total else UNKNOWN


def count_survey(rows, cells, is_in):
    """Of the answers of these days: the first of each question and all of them, withheld while one of them is."""
    said, found = Counter((one["question"], one["answer"]) for one in rows["survey_answer"] if is_in(one["day"])), {}
    for question, first in (("known", "yes"), ("first", "here")):
        told = [count for cell, count in cells.items() if cell.startswith(f"survey:{question}=")]
        everyone = sum(count for (asked, _), count in said.items() if asked == question)
        for name, count in ((first, said[question, first]), ("all", everyone)):
            found |= {f"{question}_{name}": WITHHELD if None in told else count} if told else {}
    return found
