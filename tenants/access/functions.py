"""The database's functions, triggers and types: ids of the scope, the pens of queue and log, recounting."""

from collections.abc import Iterator

from tenants.access.providers import RUNNING
from tenants.access.statements.campaign_functions import campaign_statements
from tenants.access.statements.follow_triggers import job_follows
from tenants.access.statements.gathering_functions import gathering_statements
from tenants.access.statements.partner_functions import partner_statements
from tenants.access.statements.queue_desk import queue_desk_statements
from tenants.access.statements.ticket_functions import ticket_statements
from tenants.anonymity import MOST_VOUCHED
from tenants.base import RECEPTION_ID
from tenants.database import Audience
from tenants.jobs import AHEAD, DEFAULT, QUEUE_OF, SIGNED

_SETTINGS = {
    "firm": "uuid", "person": "uuid", "bureau": "uuid", "provider": "uuid", "partner": "uuid", "station": "uuid",
    "token": "text",
}  # fmt: skip
# Whose role was on when a pen was taken up: an owner or a firm writes of its own firm, a bureau of a firm of its part,
# whatever it says; the operator asks for the few jobs that are hers.
_OWN = """IF current_setting('role') IN ('famai_auth', 'famai_owner', 'famai_firm')
      AND {firm} IS DISTINCT FROM app_firm() THEN
    RAISE insufficient_privilege USING MESSAGE = 'of one''s own firm alone';
  END IF;
  IF current_setting('role') = 'famai_bureau' AND {firm} IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM public.firm f WHERE f.id = {firm} AND f.bureau_id IN (SELECT app_bureaus())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'of the firms of one''s own part alone';
  END IF;"""
_OPERATORS_JOBS = ("fill_draft", "deliver_message", "tell_person", "send_reset", "measure_pack_release")
_OWN_JOB = f"""{_OWN.format(firm="coalesce((args->>'firm_id')::uuid, app_firm())")}
  IF current_setting('role') = 'famai_bureau' AND args ? 'bureau_id'
      AND (args->>'bureau_id')::uuid NOT IN (SELECT app_bureaus()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'of the bureaus of one''s own part alone';
  END IF;
  IF current_setting('role') = 'famai_operator' AND task NOT IN {_OPERATORS_JOBS} THEN
    RAISE insufficient_privilege USING MESSAGE = 'not one of the operator''s jobs';
  END IF;"""  # noqa: S608 - of constants
_OWN_PERSON = """IF current_setting('role') <> 'famai_worker' AND args->>'person_id' <> app_person()::text THEN
    RAISE insufficient_privilege USING MESSAGE = 'of oneself alone';
  END IF;"""
_CASES = " ".join(f"WHEN '{task}' THEN '{queue}'" for task, queue in QUEUE_OF.items())
_QUEUE = f"CASE task {_CASES} ELSE '{DEFAULT}' END"
_AHEAD = f"CASE WHEN args->>'kind' = '{SIGNED}' THEN {AHEAD} ELSE 0 END"
# Of triggers: what they ask for follows from a row, whoever changed it, and takes nobody's word.
_ENQUEUE = f"""CREATE OR REPLACE FUNCTION famai_enqueue(task text, args jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM procrastinate_defer_jobs_v1(
    ARRAY[ROW({_QUEUE}, task, {_AHEAD}, NULL, NULL, args, NULL)::procrastinate_job_to_defer_v1]);
END $$"""
_DEFER = f"""CREATE OR REPLACE FUNCTION famai_defer(task text, args jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  {_OWN_JOB}
  {_OWN_PERSON}
  PERFORM famai_enqueue(task, args);
END $$"""
# Whoever reaches the table, by whatever grant: what is in the books stays as it is.
_ONLY_ADD = """CREATE OR REPLACE FUNCTION famai_only_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'postings are only added, never changed'; END $$"""
_ONLY_ADD_TRIGGER = (
    "CREATE OR REPLACE TRIGGER only_add BEFORE UPDATE OR DELETE ON posting "
    "FOR EACH ROW EXECUTE FUNCTION famai_only_add()"
)
_BUREAUS = """CREATE OR REPLACE FUNCTION app_bureaus() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE part AS (
    SELECT id FROM public.bureau WHERE id = app_bureau()
    UNION ALL SELECT child.id FROM public.bureau child JOIN part ON child.parent_id = part.id
  ) SELECT id FROM part $$"""
# Asked by the policies of the very table, so as a function: a policy that reads its own table has no end.
_HEADS = """CREATE OR REPLACE FUNCTION app_heads() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.bureau_post
    WHERE bureau_id = app_bureau() AND person_id = app_person() AND role = 'head') $$"""
_CHIEF = """CREATE OR REPLACE FUNCTION app_is_chief() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.provider_post
    WHERE provider_id = app_provider() AND person_id = app_person() AND role = 'chief') $$"""
# Whether the helper who asks may help at all: her post, her open station, her yes to secrecy.
_MAY_HELP = """SELECT EXISTS (SELECT 1 FROM public.helper_post p JOIN public.station s ON s.id = p.station_id
    JOIN public.duty_receipt d ON d.station_id = p.station_id AND d.person_id = p.person_id
    WHERE p.station_id = {station} AND p.person_id = {person} AND s.state = 'admitted')"""
_HELPS = f"""CREATE OR REPLACE FUNCTION app_helps() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  {_MAY_HELP.format(station="app_station()", person="app_person()")} $$"""
# The same of a named one, to the owner who agrees.
_IS_HELPER = f"""CREATE OR REPLACE FUNCTION app_may_help(station uuid, helper uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  {_MAY_HELP.format(station="$1", person="$2")} $$"""
# Whether somebody else helps at her station as well, to a helper, who reads no post but her own.
_HAS_COLLEAGUE = """CREATE OR REPLACE FUNCTION app_has_colleague() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM helper_post p
    WHERE p.station_id = app_station() AND p.person_id <> app_person()
    AND app_may_help(p.station_id, p.person_id)) $$"""
# Whether a body takes one more, to an owner, who may not read what it has in hand.
_TAKES_REFERRALS = f"""CREATE OR REPLACE FUNCTION app_takes_referrals(body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM provider p WHERE p.id = body AND p.state = 'admitted'
    AND (p.email <> '' OR EXISTS (SELECT 1 FROM provider_post o WHERE o.provider_id = p.id))
    AND (p.capacity = 0 OR p.capacity > (SELECT count(*) FROM referral r
      WHERE r.provider_id = p.id AND r.state IN {RUNNING}))) $$"""  # noqa: S608 - a constant
# The same, of the last place too: whoever asks at the same moment waits for the answer of the one before.
_TAKES_PLACE = """CREATE OR REPLACE FUNCTION app_takes_place(body uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('provider:' || body::text, 0));
  RETURN app_takes_referrals(body);
END $$"""
# Whether somebody works there with an account: a mailed link is enough for a referral and not for a mediation.
_HOLDS_TALKS = """CREATE OR REPLACE FUNCTION app_holds_talks(body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM provider p JOIN provider_post o ON o.provider_id = p.id
    WHERE p.id = body AND p.state = 'admitted') $$"""
_AUDIT = f"""CREATE OR REPLACE FUNCTION famai_audit(
  firm uuid, act text, about uuid, owner uuid, actor uuid, actor_name text, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head audit_head; at_utc timestamptz := clock_timestamp(); sealed text;
BEGIN
  {_OWN.format(firm="firm")}
  INSERT INTO audit_head (firm_id, number, hash) VALUES (firm, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_head WHERE firm_id = firm FOR UPDATE;
  sealed := encode(sha256(convert_to(jsonb_build_array(
    firm, head.number + 1, to_char(at_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    actor, actor_name, act, about, owner, why, head.hash)::text, 'UTF8')), 'hex');
  INSERT INTO audit_entry (firm_id, number, at, actor_id, actor_name, act, about_id, owner_id, why, previous_hash, hash)
    VALUES (firm, head.number + 1, at_utc, actor, actor_name, act, about, owner, why, head.hash, sealed);
  UPDATE audit_head SET number = head.number + 1, hash = sealed WHERE firm_id = firm;
  RETURN head.number + 1;
END $$"""  # noqa: S608 - of constants
_PROGRESS = """CREATE OR REPLACE FUNCTION famai_progress() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO progress (firm_id, checkup_id, owner_id, state, review_wanted, submitted_at, signed_at)
    VALUES (NEW.firm_id, NEW.id, NEW.owner_id, NEW.state, NEW.review_wanted, NEW.submitted_at, NEW.signed_at)
    ON CONFLICT (firm_id, checkup_id) DO UPDATE SET state = NEW.state, review_wanted = NEW.review_wanted,
      submitted_at = NEW.submitted_at, signed_at = NEW.signed_at;
  RETURN NULL;
END $$"""
_PROGRESS_TRIGGER = """CREATE OR REPLACE TRIGGER keep_progress
AFTER INSERT OR UPDATE OF state, review_wanted, submitted_at, signed_at ON checkup
FOR EACH ROW EXECUTE FUNCTION famai_progress()"""
# That somebody reviews at a firm and that it has made a roster, to whoever may not read who and when.
_TAKES_OWNERS = """CREATE OR REPLACE FUNCTION app_takes_owners(firm uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM membership WHERE firm_id = firm AND role IN ('lawyer', 'partner'))
    AND EXISTS (SELECT 1 FROM on_call WHERE firm_id = firm) $$"""
# What follows a checkup is counted again by a job in the same transaction, whoever changes it (`cloud.cubes`).
_RECOUNT = """CREATE OR REPLACE FUNCTION famai_recount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.checkup_id IS NOT NULL THEN
    PERFORM famai_enqueue('count_checkup', jsonb_build_object('firm_id', NEW.firm_id, 'checkup_id', NEW.checkup_id));
  END IF;
  RETURN NULL;
END $$"""
# Who keeps a phone vouches for the first few of her businesses, at whatever firm; the worker counts no others unsigned.
# What lies at the reception counts nowhere, and takes nobody's place once it has moved.
_VOUCHED = f"""CREATE OR REPLACE FUNCTION app_is_vouched(firm uuid, business uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM business b JOIN person p ON p.id = b.owner_id
    WHERE b.firm_id = firm AND b.id = $2 AND p.phone_digest IS NOT NULL
    AND b.firm_id <> '{RECEPTION_ID}'
    AND (SELECT count(*) FROM business o WHERE o.owner_id = b.owner_id AND o.id < b.id
      AND o.firm_id <> '{RECEPTION_ID}') < {MOST_VOUCHED}) $$"""  # noqa: S608
_VOUCHING = """CREATE OR REPLACE FUNCTION famai_vouching() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('count_business', jsonb_build_object('firm_id', b.firm_id, 'business_id', b.id))
    FROM business b WHERE b.owner_id = NEW.id;
  RETURN NULL;
END $$"""
_VOUCHING_TRIGGER = """CREATE OR REPLACE TRIGGER count_again AFTER UPDATE OF phone_digest ON person
FOR EACH ROW WHEN (OLD.phone_digest IS DISTINCT FROM NEW.phone_digest) EXECUTE FUNCTION famai_vouching()"""
_RECOUNTED = {
    "fix": "UPDATE OF state",
    "rating": "INSERT OR UPDATE",
    "waiver": "UPDATE OF state, relief, used_minor",
    "hour_entry": "UPDATE OF state, credited_minutes",
}


def scope_statements() -> Iterator[str]:
    """`app_firm()` and its siblings: the scope's ids, NULL (matching nothing) when absent; `app_now()`: the instant."""
    for name, kind in _SETTINGS.items():
        yield (
            f"CREATE OR REPLACE FUNCTION app_{name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE AS "
            f"$$ SELECT nullif(current_setting('app.{name}', true), '')::{kind} $$"
        )
    yield (
        "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS "
        "$$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, statement_timestamp()) $$"
    )


def type_statements() -> Iterator[str]:
    """Ranges of exactly one id or code, by which PostgreSQL excludes overlaps (`bureau.hours.columns`)."""
    for kind in ("uuid", "text"):
        yield f"CREATE TYPE {kind}_range AS RANGE (subtype = {kind})"


def queue_statements() -> Iterator[str]:
    """The one function by which an audience may put a job on the queue, and what the operator may know of it."""
    yield _ENQUEUE
    yield "REVOKE ALL ON FUNCTION famai_enqueue(text, jsonb) FROM PUBLIC"
    yield _DEFER
    yield "REVOKE ALL ON FUNCTION famai_defer(text, jsonb) FROM PUBLIC"
    for audience in (Audience.AUTH, Audience.OWNER, Audience.FIRM, Audience.BUREAU, Audience.OPERATOR, Audience.WORKER):
        yield f"GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO {audience.role}"
    yield from queue_desk_statements()


def _followed(what: str) -> Iterator[str]:
    """Each event of it has its job, whoever's role wrote the event."""
    yield from job_follows(
        f"follow_{what}",
        function=f"famai_follow_{what}",
        after=f"INSERT ON {what}_event",
        told="'firm_id', NEW.firm_id, 'event_id', NEW.id",
    )


def shared_statements() -> Iterator[str]:
    """What needs the tables to be there: a bureau's part of the tree, its head, the only pens for log and progress."""
    yield _BUREAUS
    yield _HEADS
    yield _CHIEF
    yield _HELPS
    yield _IS_HELPER
    yield "REVOKE ALL ON FUNCTION app_may_help(uuid, uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_may_help(uuid, uuid) TO {Audience.OWNER.role}"
    yield _HAS_COLLEAGUE
    yield "REVOKE ALL ON FUNCTION app_has_colleague() FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_has_colleague() TO {Audience.HELPER.role}"
    yield from partner_statements()
    yield from campaign_statements()
    yield from gathering_statements()
    yield from job_follows(
        "mail_invitation",
        function="famai_mail_invitation",
        after="INSERT ON invitation",
        told="'invitation_id', NEW.id",
        when="NEW.firm_id IS NULL",
    )
    yield _TAKES_REFERRALS
    yield "REVOKE ALL ON FUNCTION app_takes_referrals(uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_takes_referrals(uuid) TO {Audience.OWNER.role}"
    yield _TAKES_PLACE
    yield "REVOKE ALL ON FUNCTION app_takes_place(uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_takes_place(uuid) TO {Audience.OWNER.role}"
    yield _HOLDS_TALKS
    yield "REVOKE ALL ON FUNCTION app_holds_talks(uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_holds_talks(uuid) TO {Audience.OWNER.role}"
    yield from _followed("referral")
    yield from _followed("mediation")
    yield from ticket_statements()
    yield _TAKES_OWNERS
    yield _AUDIT
    yield _PROGRESS
    yield _PROGRESS_TRIGGER
    yield _ONLY_ADD
    yield _ONLY_ADD_TRIGGER
    yield _VOUCHED
    yield "REVOKE ALL ON FUNCTION app_is_vouched(uuid, uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION app_is_vouched(uuid, uuid) TO {Audience.WORKER.role}"
    yield _VOUCHING
    yield _VOUCHING_TRIGGER
    yield _RECOUNT
    for table, moves in _RECOUNTED.items():
        yield (
            f"CREATE OR REPLACE TRIGGER count_again AFTER {moves} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION famai_recount()"
        )
    signature = "famai_audit(uuid, text, uuid, uuid, uuid, text, text)"
    yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"
    for audience in (Audience.AUTH, Audience.OWNER, Audience.FIRM, Audience.BUREAU, Audience.WORKER):
        yield f"GRANT EXECUTE ON FUNCTION {signature} TO {audience.role}"
