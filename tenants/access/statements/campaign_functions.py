"""Functions and triggers of campaigns: whether a code still leads in, who has room, how far a checkup has got."""

from collections.abc import Iterator

from tenants.campaign_steps import EARLY, FULL, OPEN, OVER, PAUSED, STEPS, STOPPED
from tenants.database import Audience

_TODAY = "(app_now() AT TIME ZONE 'Asia/Shanghai')::date"
_ASKED = """coalesce((SELECT sum(s.count) FROM campaign_step s JOIN campaign_link o ON o.id = s.link_id
      WHERE o.campaign_id = c.id AND s.step = 'lawyer'{more}), 0)"""
# A firm's budget is of what is asked of itself: that a code is full tells it nothing of those who went elsewhere.
_OF_BUDGET = " AND (c.by_firm IS NULL OR s.at_firm = c.by_firm)"
_SPENT = f"c.budget > 0 AND c.budget <= {_ASKED.format(more=_OF_BUDGET)}"
_PAUSED = (
    "c.by_firm IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM firm f WHERE f.id = c.by_firm AND f.state IN ('admitted', 'active'))"
)
# Of the link whose code one holds; nothing of one that is unknown or not yet out.
_STANDING = f"""CREATE OR REPLACE FUNCTION app_link_standing() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN c.state = 'ended' OR {_TODAY} > c.ends_on THEN '{OVER}'
    WHEN {_TODAY} < c.begins_on THEN '{EARLY}'
    WHEN l.stopped_at IS NOT NULL THEN '{STOPPED}'
    WHEN {_PAUSED} THEN '{PAUSED}'
    WHEN l.cap > 0 AND l.cap <= coalesce((SELECT u.used FROM campaign_link_use u WHERE u.link_id = l.id), 0)
      THEN '{FULL}'
    WHEN {_SPENT} THEN '{FULL}'
    ELSE '{OPEN}' END
  FROM campaign_link l JOIN campaign c ON c.id = l.campaign_id
  WHERE l.code = app_token() AND c.state IN ('running', 'ended') $$"""  # noqa: S608 - of constants
# The same of the last place too: whoever begins at the same moment waits for the one before.
_TAKE = f"""CREATE OR REPLACE FUNCTION app_take_link() RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE held campaign_link; standing text;
BEGIN
  SELECT * INTO held FROM campaign_link WHERE code = app_token();
  IF held.cap > 0 THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('link:' || held.id::text, 0));
  END IF;
  standing := app_link_standing();
  IF standing = '{OPEN}' AND held.cap > 0 THEN
    INSERT INTO campaign_link_use (link_id, used) VALUES (held.id, 1)
      ON CONFLICT (link_id) DO UPDATE SET used = campaign_link_use.used + 1;
  END IF;
  RETURN standing;
END $$"""  # noqa: S608 - of constants
# The firms that still have room for whoever came by this link, to her who may not read what they have taken.
_READERS = f"""CREATE OR REPLACE FUNCTION app_campaign_readers(link uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.reader_id FROM campaign_link l
    JOIN campaign c ON c.id = l.campaign_id JOIN campaign_firm f ON f.campaign_id = c.id
  WHERE l.id = link AND c.state = 'running' AND {_TODAY} BETWEEN c.begins_on AND c.ends_on AND NOT ({_SPENT})
    AND f.quota > {_ASKED.format(more=" AND s.at_firm = f.reader_id")} $$"""  # noqa: S608 - of constants
_NAMES = f"ARRAY[{', '.join(map(repr, STEPS))}]"
# Each step once, whichever firm the checkup lies at when it is reached: the row says how many were counted.
_COUNT = f"""CREATE OR REPLACE FUNCTION famai_count_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before int := NEW.link_step; reached int := 1;
BEGIN
  IF TG_OP = 'UPDATE' THEN before := OLD.link_step; END IF;
  IF NEW.submitted_at IS NOT NULL THEN reached := 2; END IF;
  IF reached = 2 AND NEW.review_wanted THEN reached := 3; END IF;
  IF NEW.signed_at IS NOT NULL THEN reached := 4; END IF;
  NEW.link_step := greatest(before, reached, NEW.link_step);
  FOR n IN before + 1 .. NEW.link_step LOOP
    INSERT INTO campaign_step (day, link_id, at_firm, step, count)
      VALUES ({_TODAY}, NEW.link_id, NEW.firm_id, ({_NAMES})[n], 1)
      ON CONFLICT (day, link_id, at_firm, step) DO UPDATE SET count = campaign_step.count + 1;
  END LOOP;
  RETURN NEW;
END $$"""  # noqa: S608 - of constants
_COUNT_TRIGGER = """CREATE OR REPLACE TRIGGER count_steps
BEFORE INSERT OR UPDATE OF submitted_at, review_wanted, signed_at, link_step ON checkup
FOR EACH ROW WHEN (NEW.link_id IS NOT NULL) EXECUTE FUNCTION famai_count_steps()"""
# In the role of whoever did the fix: it may write the case.
_FIXED = """CREATE OR REPLACE FUNCTION famai_count_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE checkup SET link_step = 5
    WHERE firm_id = NEW.firm_id AND id = NEW.checkup_id AND link_id IS NOT NULL AND link_step = 4;
  RETURN NULL;
END $$"""
_FIXED_TRIGGER = """CREATE OR REPLACE TRIGGER count_fixed AFTER UPDATE OF state ON fix
FOR EACH ROW WHEN (NEW.state IN ('claimed_done', 'confirmed')) EXECUTE FUNCTION famai_count_fixed()"""


# Of whoever shows pages; a count can be made larger by it, nobody found.
_SEEN = f"""CREATE OR REPLACE FUNCTION famai_count_screens(seen jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO screen_count (day, channel, link_id, screen, count)
    SELECT {_TODAY}, s.channel, s.link_id, s.screen, s.count
    FROM jsonb_to_recordset(seen) AS s(channel text, link_id uuid, screen text, count int) ORDER BY 2, 3, 4
    ON CONFLICT (day, channel, link_id, screen) DO UPDATE SET count = screen_count.count + excluded.count $$"""  # noqa: S608 - of a constant


def campaign_statements() -> Iterator[str]:
    """Once the tables are there."""
    granted = {
        "app_link_standing()": (_STANDING, (Audience.PUBLIC, Audience.OWNER)),
        "app_take_link()": (_TAKE, (Audience.OWNER,)),
        "famai_count_screens(jsonb)": (_SEEN, (Audience.PUBLIC,)),
        "app_campaign_readers(uuid)": (_READERS, (Audience.OWNER,)),
    }
    for name, (made, audiences) in granted.items():
        yield made
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
        for audience in audiences:
            yield f"GRANT EXECUTE ON FUNCTION {name} TO {audience.role}"
    yield _COUNT
    yield _COUNT_TRIGGER
    yield _FIXED
    yield _FIXED_TRIGGER
