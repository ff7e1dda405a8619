"""Turn pack, score and the lawyer's decisions into one frozen report. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checkup.packs.answers import Answers, Value
from checkup.packs.values import Opportunity, Pack
from checkup.report.areas import Earlier, Found, count_asked, make_areas
from checkup.report.days import suggest_due
from checkup.report.laws import cite
from checkup.report.reasons import Reasons
from checkup.report.values import EditionChange, Entry, Letterhead, Report, Right
from checkup.report.verdict import asked_first, what_held
from checkup.scoring.values import Finding, Score
from tenants.languages import choose

_STATES = {"found": ("found",), "hint": ("hint",), "open": ("possible", "unknown")}


@dataclass(frozen=True)
class Decision:
    """The lawyer's word on one finding: confirm, change or dismiss; the machine's value stays beside it.

    `plain` is what she says to the owner in plain language, `text` the same for another lawyer.
    """

    action: str
    likelihood: float | None
    reason: str
    machine_likelihood: float
    text: str = ""
    plain: str = ""


@dataclass(frozen=True)
class Signed:
    """Who signed which edition, when; and for a correction why, and what it changed (risk or None for the advice,
    with the decision it had and has, empty where only words changed)."""

    lawyer_name: str
    partner_name: str | None
    edition: int
    signed_on: dt.date
    verify_number: str
    why: str = ""
    changes: tuple[tuple[str | None, str, str], ...] = ()


def build_report(
    *,
    pack: Pack,
    score: Score,
    profile: Mapping[str, Value],
    answers: Answers,
    is_express: bool,
    locale: str,
    business_name: str,
    letterhead: Letterhead,
    rights: Sequence[str],
    decided: Mapping[str, Decision],
    reviewed: Score | None = None,
    advice: str,
    submitted_on: dt.date,
    signed: Signed | None,
    public_url: str,
    today: dt.date,
    is_trial: bool = False,
    earlier: Earlier | None = None,
    begun: Mapping[str, dt.date] | None = None,
) -> Report:
    """The report in one language, automatic unless `signed`; `rights`: ids of the opportunities that hold; `reviewed`:
    the score with the lawyer's likelihoods, where they differ; `begun`: since when findings of an earlier edition are
    being mended, from which our suggested days count (else from `today`)."""
    reasons = Reasons(pack, profile, answers, locale)
    entries = {
        state: [
            _entry(pack, finding, decided.get(finding.risk), reasons, locale, today)
            for finding in score.findings
            if finding.state in states
        ]
        for state, states in _STATES.items()
    }
    hints, is_open = entries["hint"], entries["open"]
    found = entries["found"] + [entry for entry in hints if entry.lawyer_action in ("confirm", "change")]
    urgent = {one.risk for one in score.findings if one.state == "unknown" and one.urgent}
    presses = [entry for entry in is_open if entry.risk in urgent and not entry.dismissed]
    pressing = tuple(replace(entry, colour="red", place=place) for place, entry in enumerate(presses, start=1))
    standing = _planned([entry for entry in found if not entry.dismissed], begun or {}, today, after=len(pressing))
    asked = count_asked(pack, profile, answers, express=is_express)
    lit = [Found(entry.area, entry.colour, entry.urgent) for entry in (*standing, *pressing)]
    return Report(
        locale=locale,
        title=choose(pack.title, locale),
        business_name=business_name,
        letterhead=letterhead,
        lawyer_name=signed.lawyer_name if signed else None,
        partner_name=signed.partner_name if signed else None,
        stage="signed" if signed else "automatic",
        edition=signed.edition if signed else 0,
        why=signed.why if signed else "",
        changes=_changes(pack, signed, locale) if signed else (),
        score=score.score,
        low=score.low,
        high=score.high,
        grade=score.grade,
        grade_low=score.grade_low,
        grade_high=score.grade_high,
        reviewed_score=reviewed.score if reviewed else None,
        reviewed_grade=reviewed.grade if reviewed else None,
        held=what_held(pack, score, {entry.risk: entry.title for entry in found}, locale),
        is_express=is_express,
        light=score.light,
        reviewed_light=reviewed.light if reviewed else None,
        enough=score.enough,
        asked_first=() if score.enough else asked_first(pack, profile, answers, locale, express=is_express),
        areas=make_areas(pack, score, lit, asked, earlier, locale),
        not_asked=tuple(choose(one.name, locale) for one in pack.domains if not asked.asked[one.id]),
        earlier_on=earlier.on if earlier else None,
        findings=standing,
        hints=() if signed else tuple(hints),
        dismissed=tuple(e for e in (*found, *is_open) if e.dismissed),
        to_clarify=_by_domain(e for e in is_open if not e.dismissed),
        rights=tuple(_right(pack, pack.opportunity(one), locale, today) for one in rights),
        advice=advice,
        submitted_on=submitted_on,
        signed_on=signed.signed_on if signed else None,
        pack=f"{pack.id} {pack.version} · {pack.hash[:12]}",
        verify_number=signed.verify_number if signed else None,
        verify_url=f"{public_url}/verify/{signed.verify_number}" if signed else None,
        pressing=pressing,
        is_trial=is_trial,
    )


def _entry(
    pack: Pack, finding: Finding, decision: Decision | None, reasons: Reasons, locale: str, today: dt.date
) -> Entry:
    risk = pack.risk(finding.risk).on(today)
    if decision is not None and decision.likelihood not in (None, finding.likelihood):
        risk = risk.worded(decision.likelihood or 0.0)
    else:
        risk = risk.worded(finding.likelihood, finding.case)
    return Entry(
        risk=risk.id,
        title=choose(risk.title, locale),
        area=risk.domain,
        domain=choose(pack.domain(risk.domain).name, locale),
        colour=finding.colour,
        urgent=finding.urgent,
        due=finding.due,
        is_past=finding.expired,
        consequence=choose(risk.consequence, locale),
        remedy=choose(risk.remedy, locale),
        laws=tuple(cite(pack, basis, locale, today) for basis in risk.basis),
        machine_likelihood=finding.likelihood,
        lawyer_likelihood=decision.likelihood if decision else None,
        lawyer_action=decision.action if decision else "",
        lawyer_reason=decision.reason if decision else "",
        lawyer_text=decision.text if decision else "",
        plain=decision.plain if decision else "",
        dismissed=decision is not None and decision.action == "dismiss",
        because=reasons.sentence(finding.risk, finding.case),
        is_day_of_law=risk.has_fixed_day,
    )


def _planned(
    standing: Sequence[Entry], begun: Mapping[str, dt.date], today: dt.date, *, after: int
) -> tuple[Entry, ...]:
    """The findings with their numbers, `after` so many that press, and the days that the list of what to do begins
    with."""
    made = []
    for order, entry in enumerate(standing):
        day, why = suggest_due(order, entry.due, begun.get(entry.risk, today))
        made.append(replace(entry, place=after + order + 1, planned_on=day if why == "plan" else None))
    return tuple(made)


def _changes(pack: Pack, signed: Signed, locale: str) -> tuple[EditionChange, ...]:
    """One line per finding (or the advice) that reads otherwise than in the edition before."""
    return tuple(
        EditionChange("" if risk is None else choose(pack.risk(risk).title, locale), was, became)
        for risk, was, became in signed.changes
    )


def _right(pack: Pack, opportunity: Opportunity, locale: str, today: dt.date) -> Right:
    return Right(
        title=choose(opportunity.title, locale),
        text=choose(opportunity.text, locale),
        step=choose(opportunity.step, locale),
        laws=tuple(cite(pack, basis, locale, today) for basis in opportunity.basis),
    )


def _by_domain(entries: Iterable[Entry]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    grouped: dict[str, list[str]] = {}
    for entry in entries:
        grouped.setdefault(entry.domain, []).append(entry.title)
    return tuple((domain, tuple(titles)) for domain, titles in grouped.items())
