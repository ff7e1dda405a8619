"""An edition put together: published cells read as anybody may, process read as the bureau may."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from bureau.reports.edition_rules import Frozen, is_period, period_days
from bureau.reports.editions import draft_edition
from bureau.reports.files import LANG
from bureau.reports.measures import make_book
from bureau.reports.models import Edition
from bureau.reports.process_measures import read_all
from checkup.packs.catalogue import PACK, get_pack
from cloud.cubes.cells import DIMENSIONS
from cloud.disclosure.suppression import THRESHOLD
from cloud.releases.measures import NAMED, SUMS, Published, read_measures
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import FieldFault, Invalid

FILES = ("report.zh-Hans.pdf", "report.zh-Hans.docx", "report.en.pdf", "report.en.docx", "data.csv", "manifest.json")
LAST_WRITTEN = "report.en.docx"
Names = Mapping[str, Mapping[str, str]]


def read_published(period: str) -> Published:
    """The measures of the releases, in a unit of work of its own: an officer's role has no way to the counts."""
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        return read_measures(session, period)


def draft(session: Session, *, bureau_id: uuid.UUID, period: str) -> Frozen:
    """What an edition of the period would hold now, under Scope(BUREAU, bureau).

    Raises: Invalid `period`: none, or one that has not begun.
    """
    today = city_day(now())
    if not is_period(period):
        raise Invalid((FieldFault("period", "not_a_period"),))
    if period_days(period)[0] > today:
        raise Invalid((FieldFault("period", "not_begun"),))
    published = read_published(period)
    book = make_book([*published.measures, *read_all(session, bureau_id=bureau_id, period=period, today=today)])
    return draft_edition(
        session,
        bureau_id=bureau_id,
        period=period,
        book=book,
        releases=published.releases,
        covers=published.covers,
        threshold=THRESHOLD,
        today=today,
    )


def topic_names() -> Names:
    """Language → area of law → its name."""
    domains = get_pack(PACK).domains
    return {locale: {domain.id: domain.name[locale] for domain in domains} for locale in LANG}


def report_path(edition: Edition, name: str) -> str:
    """Where a file of the report lies below the files URL."""
    return f"reports/{edition.content_hash}/{name}"


def known_measures() -> frozenset[str]:
    """The names that a formula may use."""
    topics = {f"finding_{domain.id}" for domain in get_pack(PACK).domains}
    return frozenset(KNOWN | topics)


KNOWN = frozenset(
    {
        "businesses",
        "businesses_distinct",
        "urgent",
        "reviews_signed",
        "reviews_due",
        "reviews_on_time",
        "review_days_median",
        "minutes_counted",
        "minutes_verified",
        "lawyers",
        "lawyers_reached",
        "complaints",
        "complaints_due",
        "complaints_in_time",
        "referrals",
        "referral_days_median",
        "referrals_ended",
        "referrals_done",
        "mediations",
        "gatherings_held",
        "gathering_minutes",
        "gathering_came",
        "mediation_days_median",
        "body_ratings_well",
        "body_ratings_not_well",
        "known_yes",
        "known_all",
        "first_here",
        "first_all",
        "ratings",
        "rating_mean",
        *SUMS,
    }
    | {f"{dimension}_{value}" for dimension in NAMED for value in DIMENSIONS[dimension]}
)
