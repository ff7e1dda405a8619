"""What the operator may know of the job queue, and the one thing she may do: names, tries and ages, never arguments."""

from collections.abc import Iterator

from tenants.database import Audience

_QUEUES = """CREATE OR REPLACE FUNCTION famai_queues()
RETURNS TABLE (queue text, waiting bigint, running bigint, parked bigint, oldest_seconds bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.queue_name::text,
    count(*) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()),
    count(*) FILTER (WHERE j.status = 'doing'),
    count(*) FILTER (WHERE j.status = 'failed'),
    coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)) FILTER (
      WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now())), 0)::bigint
  FROM procrastinate_jobs j
  LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON j.status = 'todo'
  GROUP BY 1 ORDER BY 1 $$"""
_PARKED = """CREATE OR REPLACE FUNCTION famai_parked_jobs(most integer)
RETURNS TABLE (job bigint, task text, queue text, tries integer, parked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.id, j.task_name::text, j.queue_name::text, j.attempts,
    (SELECT max(at) FROM procrastinate_events WHERE job_id = j.id AND type = 'failed')
  FROM procrastinate_jobs j WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT most $$"""
_TAKE_UP = """CREATE OR REPLACE FUNCTION famai_take_up(job bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL WHERE id = job AND status = 'failed';
  RETURN FOUND;
END $$"""
_FUNCTIONS = {"famai_queues()": _QUEUES, "famai_parked_jobs(integer)": _PARKED, "famai_take_up(bigint)": _TAKE_UP}


def queue_desk_statements() -> Iterator[str]:
    """The functions, for the operator's role alone."""
    for signature, body in _FUNCTIONS.items():
        yield body
        yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {signature} TO {Audience.OPERATOR.role}"
