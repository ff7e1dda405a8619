"""Numbers that are read from the database at the moment of asking: the queue, and days that are far from usual."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import text

from cloud.cubes.act_rules import count_by_act
from cloud.cubes.acts import list_unusual
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work

_JOBS = text("SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2")
_WAITING = text(
    "SELECT queue_name, extract(epoch FROM now() - min(coalesce(scheduled_at, e.at))) FROM procrastinate_jobs j "
    "JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON true "
    "WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now() GROUP BY 1"
)
_BEAT = text("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")


class QueueCollector(Collector):
    """Asked anew at each scrape."""

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("famai_jobs", "Jobs by queue and state", labels=["queue", "state"])
        age = GaugeMetricFamily("famai_job_age_seconds", "Age of the oldest job that is due", labels=["queue"])
        beat = GaugeMetricFamily("famai_worker_silent_seconds", "Seconds since a worker was last heard")
        unusual = GaugeMetricFamily(
            "famai_unusual", "Checkups begun or finished far from usual, today and yesterday", labels=["by", "act"]
        )
        with unit_of_work(Scope(Audience.WORKER)) as session:
            for queue, state, count in session.execute(_JOBS):
                jobs.add_metric([queue, state], count)
            for queue, seconds in session.execute(_WAITING):
                age.add_metric([queue], float(seconds or 0))
            beat.add_metric([], float(session.scalars(_BEAT).one() or -1))
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            today = city_day(now())
            for kind_and_act, count in count_by_act(list_unusual(session, today=today), today=today).items():
                unusual.add_metric(kind_and_act, count)
        yield from (jobs, age, beat, unusual)
