"""The process numbers of a bureau's home page: name, definition, unit and the very query that counts them. Pure.

Every query runs in the bureau's own database role, so it can only reach process data of its part of the tree.
Parameters: `:today` (date), `:now`, `:late_before` (an instant: submitted earlier means overdue today), `:since`
(ninety days ago), `:year_start` (an instant), `:year_first` (a date), `:hours_target`, `:hours_cases`. A query gives
rows of `label`, `label_en` and `value` (and `is_withheld`, `period` of what was published); without a label, one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FigureKind:
    """One number or one small table. `label` says what the rows are of: a firm, a part of the tree, a district
    (by its code), or nothing.
    """

    key: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    unit: str
    sql: str
    label: str = ""


_OPEN = "review_wanted AND state IN ('submitted', 'in_review')"
_OVERDUE = f"{_OPEN} AND submitted_at < :late_before"
_GREEN = "state IN ('ringing', 'held')"
_COUNTED = "FROM hour_entry WHERE state IN ('confirmed', 'sampled', 'verified') AND day >= :year_first"


def both(zh: str, en: str) -> dict[str, str]:
    """A text in the two languages that are written."""
    return {"zh-Hans": zh, "en": en}


FIGURES: dict[str, FigureKind] = {
    one.key: one
    for one in (
        FigureKind(
            "open",
            both("在办的体检", "Open checkups"),
            both("店主要律师复核、还没有签发的体检。", "Checkups whose owner wants a lawyer, not signed yet."),
            "count",
            f"SELECT count(*) AS value FROM progress WHERE {_OPEN}",  # noqa: S608 - a constant
        ),
        FigureKind(
            "overdue",
            both("超期的体检", "Overdue checkups"),
            both(
                "在办的体检里，提交后超过复核期限（参数“复核期限”）的。",
                "Open checkups submitted longer ago than the parameter “days for a review” allows.",
            ),
            "count",
            f"SELECT count(*) AS value FROM progress WHERE {_OVERDUE}",  # noqa: S608
        ),
        FigureKind(
            "overdue_by_firm",
            both("超期，按律所", "Overdue, by firm"),
            both("同上，按律所分。", "The same, by firm."),
            "count",
            "SELECT f.name AS label, f.name_en AS label_en, c.value FROM (SELECT firm_id, count(*) AS value "  # noqa: S608
            f"FROM progress WHERE {_OVERDUE} GROUP BY firm_id) c JOIN firm f ON f.id = c.firm_id "
            "ORDER BY c.value DESC, label",
            label="firm",
        ),
        FigureKind(
            "green_open",
            both("绿色通道在办", "Green channel: in hand"),
            both(
                "急件里，正在找律师的和律师接下了、还没有同店主说上话的。",
                "Urgent cases that are looking for a lawyer, or whose lawyer has not spoken to the owner yet.",
            ),
            "count",
            f"SELECT count(*) AS value FROM green_call WHERE {_GREEN}",  # noqa: S608
        ),
        FigureKind(
            "green_late",
            both("绿色通道超时", "Green channel: late"),
            both(
                "在办的急件里，过了应答时限的；后来再延时也算。",
                "Urgent cases in hand whose time for an answer ran out, also where it was put off later.",
            ),
            "count",
            f"SELECT count(*) AS value FROM green_call WHERE {_GREEN} AND (late_since IS NOT NULL OR due_at < :now)",  # noqa: S608
        ),
        FigureKind(
            "waiting_days",
            both("等多久（天）", "Waiting time (days)"),
            both(
                "最近90天签发的体检，从提交到签发的天数，取中位数。",
                "Median days from submission to signature of the checkups signed in the last 90 days.",
            ),
            "days",
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM signed_at - submitted_at) / 86400.0)"
            " AS value FROM progress WHERE signed_at > :since",
        ),
        FigureKind(
            "signed",
            both("今年签发的体检", "Checkups signed this year"),
            both("今年1月1日以来签发的体检。", "Checkups signed since 1 January."),
            "count",
            "SELECT count(*) AS value FROM progress WHERE signed_at >= :year_start",
        ),
        FigureKind(
            "coverage",
            both("今年签发，按片区", "Signed this year, by area"),
            both(
                "今年签发的体检，按律所归哪个司法局或司法所管来分。",
                "Checkups signed this year by the bureau or office in charge of the firm.",
            ),
            "count",
            "SELECT b.name AS label, b.name_en AS label_en, count(c.checkup_id) AS value "
            "FROM bureau b LEFT JOIN firm f ON f.bureau_id = b.id "
            "LEFT JOIN progress c ON c.firm_id = f.id AND c.signed_at >= :year_start "
            "WHERE b.id IN (SELECT app_bureaus()) GROUP BY b.id ORDER BY value DESC, label",
            label="part",
        ),
        FigureKind(
            "complaints_open",
            both("在办的投诉", "Open complaints"),
            both("店主提给司法局、还没有办结的投诉。", "Complaints made to the bureau and not settled yet."),
            "count",
            "SELECT count(*) AS value FROM complaint WHERE state IN ('opened', 'in_hand')",
        ),
        FigureKind(
            "complaints_late",
            both("超期的投诉", "Late complaints"),
            both(
                "在办的投诉里，过了答复日子的（参数“投诉首次联系期限”）。",
                "Open complaints past their day for an answer (parameter “first contact on a complaint”).",
            ),
            "count",
            "SELECT count(*) AS value FROM complaint WHERE state IN ('opened', 'in_hand') AND due_on < :today",
        ),
        FigureKind(
            "hours",
            both("今年的公益工时", "Pro bono hours this year"),
            both(
                "今年算数的公益工时：已经确认、抽查或核实的，一分钟只算一次。",
                "Minutes of this year that count: confirmed, sampled or verified, each once.",
            ),
            "minutes",
            f"SELECT coalesce(sum(credited_minutes), 0) AS value {_COUNTED}",
        ),
        FigureKind(
            "hours_reached",
            both("达到全年目标的律师", "Lawyers at the yearly target"),
            both(
                "今年工时达到目标（参数），或者法律援助案件达到件数的律师。",
                "Lawyers whose minutes, or whose legal aid cases, reach this year's target (parameters).",
            ),
            "count",
            f"SELECT count(*) AS value FROM (SELECT lawyer_id {_COUNTED} GROUP BY lawyer_id "  # noqa: S608
            "HAVING sum(credited_minutes) >= :hours_target OR count(DISTINCT reference) "
            "FILTER (WHERE category = 'legal_aid') >= :hours_cases) reached",
        ),
        FigureKind(
            "hours_by_firm",
            both("今年的公益工时，按律所", "Pro bono hours this year, by firm"),
            both("同上，按律所分；不排名次。", "The same, by firm; no league table."),
            "minutes",
            "SELECT f.name AS label, f.name_en AS label_en, h.value FROM (SELECT firm_id, "  # noqa: S608
            f"sum(credited_minutes) AS value {_COUNTED} GROUP BY firm_id) h JOIN firm f ON f.id = h.firm_id "
            "ORDER BY f.district, label",
            label="firm",
        ),
    )
}  # fmt: skip
