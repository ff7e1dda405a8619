"""Functions of gatherings: whether a seat is left, to one who may not read the others."""

from collections.abc import Iterator

from tenants.access.statements.follow_triggers import job_follows
from tenants.database import Audience

_OF_IT = "SELECT count(*) FROM gathering_seat s WHERE s.gathering_id = g.id AND s.state ="
# Whoever waits comes before whoever comes now.
_ROOM = f"""CREATE OR REPLACE FUNCTION app_gathering_room(gathering uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN g.state = 'cancelled' THEN 'cancelled'
    WHEN g.state <> 'announced' OR g.ends_at <= app_now() THEN 'over'
    WHEN g.seats <= ({_OF_IT} 'held') OR 0 < ({_OF_IT} 'waiting') THEN 'full'
    ELSE 'open' END
  FROM gathering g WHERE g.id = gathering $$"""  # noqa: S608 - of constants
# The same of the last seat too: whoever comes at the same moment waits for the one before.
_TAKE = """CREATE OR REPLACE FUNCTION app_take_seat(gathering uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('gathering:' || gathering::text, 0));
  RETURN app_gathering_room(gathering);
END $$"""


def gathering_statements() -> Iterator[str]:
    """Once the tables are there."""
    for name, made in (("app_gathering_room(uuid)", _ROOM), ("app_take_seat(uuid)", _TAKE)):
        yield made
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {name} TO {Audience.PUBLIC.role}"
    # A seat that was given back is the next one's: her own role may ask the worker for nothing.
    yield from job_follows(
        "fill_seats",
        function="famai_seat_left",
        after="UPDATE OF state ON gathering_seat",
        told="'gathering_id', NEW.gathering_id",
        when="NEW.state = 'left'",
        trigger="seat_left",
    )
    # What a move is followed by: those who wish it are told, the line moves up, hours are suggested.
    yield from job_follows(
        "follow_gathering",
        function="famai_follow_gathering",
        after="INSERT ON gathering_event",
        told="'event_id', NEW.id",
        when="NEW.was <> ''",
    )
