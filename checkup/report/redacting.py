"""What a report shows to whom its owner shares it with. Pure.

A narrower report is built anew from the few fields that its level allows, so that a field added later is hidden until
somebody decides otherwise. Why these and no others: `docs/decisions/0018`.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from checkup.report.values import Report

Tally = tuple[tuple[str, int, int], ...]
LEVELS = ("full", "bank", "landlord")
COLOURS = ("red", "orange", "yellow")
# A landlord is the other side of the lease: premises, money and disputes stay out of sight, safety does not.
LANDLORD_AREAS = frozenset({"saf", "env"})


def redact(report: Report, level: str, mended: Collection[str] = ()) -> Report:
    """`mended`: risks whose fix is confirmed. Raises: KeyError for a level that does not exist."""
    return {"full": _full, "bank": _bank, "landlord": _landlord}[level](report, mended)


def _full(report: Report, mended: Collection[str]) -> Report:
    return replace(report, shown_to="full")


def _bank(report: Report, mended: Collection[str]) -> Report:
    """Who, by whom, when; grade, score and areas; how many findings of each colour, how many mended. No words.

    What presses counts as red, as it makes the light red."""
    found = Counter([entry.colour for entry in report.findings] + ["red"] * len(report.pressing))
    done = Counter(entry.colour for entry in report.findings if entry.risk in mended)
    tally = tuple((colour, found[colour], done[colour]) for colour in COLOURS if found[colour])
    return _bare(report, "bank", is_scored=True, areas=frozenset(area.id for area in report.areas), tally=tally)


def _landlord(report: Report, mended: Collection[str]) -> Report:
    """Who, by whom, when; the grade without its score; safety and environment alone."""
    return _bare(report, "landlord", is_scored=False, areas=LANDLORD_AREAS, tally=())


def _bare(report: Report, level: str, *, is_scored: bool, areas: frozenset[str], tally: Tally) -> Report:
    return Report(
        locale=report.locale,
        title=report.title,
        business_name=report.business_name,
        letterhead=report.letterhead,
        lawyer_name=report.lawyer_name,
        partner_name=report.partner_name,
        stage=report.stage,
        edition=report.edition,
        why="",
        changes=(),
        score=report.score if is_scored and not report.held else None,
        low=report.low if is_scored else None,
        high=report.high if is_scored else None,
        grade=report.grade,
        grade_low=report.grade_low,
        grade_high=report.grade_high,
        reviewed_score=report.reviewed_score if is_scored else None,
        reviewed_grade=report.reviewed_grade,
        held="",
        is_express=report.is_express,
        light=report.light if report.is_express else "",  # beside a grade it would say more than the grade
        reviewed_light=report.reviewed_light if report.is_express else None,
        enough=report.enough,
        asked_first=(),
        areas=tuple(
            replace(area, light="", was="", asked=0, answered=0, openness=0.0)
            for area in report.areas
            if area.id in areas
        ),
        not_asked=(),
        earlier_on=None,
        findings=(),
        hints=(),
        dismissed=(),
        to_clarify=(),
        rights=(),
        advice="",
        submitted_on=report.submitted_on,
        signed_on=report.signed_on,
        pack=report.pack,
        verify_number=report.verify_number,
        verify_url=report.verify_url,
        is_trial=report.is_trial,
        shown_to=level,
        tally=tally,
    )
