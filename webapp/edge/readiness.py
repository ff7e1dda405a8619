"""Whether this installation can serve, point by point: what a load balancer and the operator's board ask."""

import datetime as dt
import shutil

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tenants.clock import city_day, machines_now, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import KEPT_FREE
from tenants.working_days import LAST_KNOWN
from webapp.migrating import what_is_behind
from webapp.settings import Settings

OK = "ok"
_HEARTBEAT = dt.timedelta(seconds=60)
_PROMISED_AHEAD = dt.timedelta(days=30)
_LEAST_FREE = KEPT_FREE // 2  # bytes: nobody who only sends files takes the city away
_REVISION = text("SELECT version_num FROM alembic_version")
# A beat of a time to come is of a clock that has been set back: whoever made it may be dead.
_BEAT = text(
    "SELECT now() - max(last_heartbeat) FILTER (WHERE last_heartbeat < now() + interval '5 s'), clock_timestamp() "
    "FROM procrastinate_workers"
)
_MOST_APART = dt.timedelta(seconds=5)


def check_readiness(settings: Settings) -> dict[str, str]:
    """Point → `ok` or what is wrong. Needs nothing but the database that it asks about."""
    points = {"database": OK, "migrations": OK, "worker": OK, "clock": OK}
    points |= {"disk": _disk(settings), "holidays": _holidays()}
    points |= _channels(settings)
    try:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            revision, (silent, theirs) = session.scalars(_REVISION).one_or_none(), session.execute(_BEAT).tuples().one()
    except SQLAlchemyError:
        unknown = dict.fromkeys(("migrations", "worker", "clock"), "not known")
        return points | {"database": "not reached"} | unknown
    points["clock"] = _clock(theirs)
    points["migrations"] = what_is_behind(revision) or OK
    if silent is None or silent > _HEARTBEAT:
        points["worker"] = "no heartbeat" if silent is None else f"silent for {int(silent.total_seconds())} s"
    return points


def is_ready(points: dict[str, str]) -> bool:
    """Web traffic needs the database at the right schema and a disk; the rest is told, and answered by people."""
    return all(points[name] == OK for name in ("database", "migrations", "disk"))


def _clock(theirs: dt.datetime) -> str:
    """Whether this machine and the database's agree on the hour."""
    apart = (machines_now() - theirs).total_seconds()
    return f"{apart:+.0f} s from the database's" if abs(apart) > _MOST_APART.total_seconds() else OK


def _disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir).free
    return OK if free > _LEAST_FREE else f"{free // 1024 // 1024} MiB free"


def _holidays() -> str:
    """Whether the days that are promised now lie within the notices of holidays."""
    is_near = city_day(now()) > LAST_KNOWN - _PROMISED_AHEAD
    return f"known until {LAST_KNOWN}: the next notice comes with an upgrade" if is_near else OK


def _channels(settings: Settings) -> dict[str, str]:
    """Whether there is a way out for e-mail and text messages; development has its folder."""
    if settings.is_development:
        return {"mail": OK, "sms": OK}
    return {
        "mail": OK if settings.smtp_url else "no channel: set FAMAI_SMTP_URL",
        "sms": OK if settings.sms_url else "no channel: set FAMAI_SMS_URL",
    }
