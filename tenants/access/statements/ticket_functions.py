"""Tickets in cases: how far a station reaches, and what follows an offer, a yes, and a lawyer's step."""

from collections.abc import Iterator

from tenants.access.statements.follow_triggers import job_follows
from tenants.database import Audience

# Whether a bureau belongs to the part of the city that the helper's station answers for, to a helper, who reads no
# bureau.
_REACHES = """CREATE OR REPLACE FUNCTION app_station_reaches(bureau uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE part AS (
    SELECT s.bureau_id AS id FROM public.station s WHERE s.id = app_station()
    UNION ALL SELECT child.id FROM public.bureau child JOIN part ON child.parent_id = part.id
  ) SELECT $1 IN (SELECT id FROM part) $$"""
# A ticket goes as far as its case: only where there is one in the case is there anything to do.
_FOLLOWS = """CREATE OR REPLACE FUNCTION famai_follow_case_tickets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM case_ticket WHERE firm_id = NEW.firm_id AND checkup_id = NEW.checkup_id) THEN
    PERFORM famai_enqueue('follow_case_tickets',
      jsonb_build_object('firm_id', NEW.firm_id, 'checkup_id', NEW.checkup_id));
  END IF;
  RETURN NULL;
END $$"""


def ticket_statements() -> Iterator[str]:
    yield _REACHES
    yield "REVOKE ALL ON FUNCTION app_station_reaches(uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_station_reaches(uuid) TO {Audience.HELPER.role}"
    yield _FOLLOWS
    for table, moves in {"case_ticket": "INSERT", "review": "INSERT OR UPDATE OF state"}.items():
        yield (
            f"CREATE OR REPLACE TRIGGER follow_case_tickets AFTER {moves} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION famai_follow_case_tickets()"
        )
    yield from job_follows(
        "tell_of_ticket",
        function="famai_tell_of_ticket",
        after="INSERT ON ticket_offer",
        told="'number', NEW.number",
    )
