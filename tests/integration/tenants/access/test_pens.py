"""What the database gives to nobody, and whose word its definer functions take."""

import re

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from demo.city import demo_id
from tenants import audit, jobs
from tenants.base import new_id
from tenants.database import Audience, Scope, unit_of_work

FIRM, OTHER = demo_id("hubin"), demo_id("jiangwan")
WRITERS = [Audience.OWNER, Audience.FIRM]


@pytest.mark.parametrize("audience", WRITERS)
def test_nobody_writes_into_the_log_of_another_firm(settings, audience):
    with pytest.raises(ProgrammingError, match="own firm"), unit_of_work(Scope(audience, FIRM, new_id())) as work:
        audit.note(work, firm_id=OTHER, act="case.opened", by=audit.SYSTEM)


@pytest.mark.parametrize("audience", WRITERS)
def test_nobody_asks_for_a_job_at_another_firm(settings, audience):
    with pytest.raises(ProgrammingError, match="own firm"), unit_of_work(Scope(audience, FIRM, new_id())) as work:
        jobs.defer(work, "finish_erasure", firm_id=OTHER, checkup_id=new_id())


def bureau_scope(bureau_id):
    return Scope(Audience.BUREAU, person_id=new_id(), bureau_id=bureau_id)


@pytest.fixture
def bureaus(admin_rows):
    """(The bureau of the firm, one beside it that sees nothing of it)."""
    own = admin_rows("SELECT bureau_id FROM firm WHERE id = :id", id=FIRM)[0][0]
    beside = admin_rows("SELECT id FROM bureau WHERE id <> :own AND parent_id IS NOT NULL LIMIT 1", own=own)[0][0]
    return own, beside


@pytest.mark.parametrize("say", [
    lambda work, firm: audit.note(work, firm_id=firm, act="case.opened", by=audit.SYSTEM),
    lambda work, firm: jobs.defer(work, "finish_erasure", firm_id=firm, checkup_id=new_id()),
], ids=["log", "job"])  # fmt: skip
def test_a_bureau_writes_of_the_firms_of_its_part_alone(bureaus, say):
    own, beside = bureaus
    with unit_of_work(bureau_scope(own)) as work:
        say(work, FIRM)
    with pytest.raises(ProgrammingError, match="own part"), unit_of_work(bureau_scope(beside)) as work:
        say(work, FIRM)


def test_a_bureau_asks_for_the_report_of_a_bureau_of_its_part_alone(bureaus):
    own, beside = bureaus
    with pytest.raises(ProgrammingError, match="own part"), unit_of_work(bureau_scope(beside)) as work:
        jobs.defer(work, "write_report", bureau_id=own, edition_id=new_id())


def test_the_operator_asks_for_no_job_of_a_case(settings):
    with pytest.raises(ProgrammingError, match="operator"), unit_of_work(Scope(Audience.OPERATOR)) as work:
        jobs.defer(work, "finish_erasure", firm_id=FIRM, checkup_id=new_id())


def test_nobody_asks_for_a_mail_to_somebody_else(settings):
    with pytest.raises(ProgrammingError, match="oneself"), unit_of_work(Scope(Audience.FIRM, FIRM, new_id())) as work:
        jobs.defer(work, "tell_person", person_id=new_id())


@pytest.mark.parametrize("audience", list(Audience))
def test_no_role_makes_a_large_object(settings, audience):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(Scope(audience)) as work:
        work.execute(text("SELECT lo_from_bytea(0, 'x')"))


def test_no_role_makes_a_temporary_table(template_city):
    """Asked of the city itself: what a database gives to everybody is not copied with it."""
    engine = create_engine(template_city.admin_database_url)
    with engine.connect() as connection:
        given = text("SELECT has_database_privilege(:role, current_database(), 'TEMPORARY')")
        held = [one for one in Audience if connection.scalar(given, {"role": one.role})]
    engine.dispose()
    assert held == []


def test_a_table_of_ones_own_named_like_a_bureau_widens_nothing(settings):
    """Where temporary tables are allowed after all: the function names the table that it means."""
    mine, other = demo_id("bureau:310113:1"), demo_id("bureau")
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=mine)) as work:
        rows = f"VALUES ('{mine}'::uuid, NULL::uuid), ('{other}', '{mine}')"
        work.execute(text(f"CREATE TEMP TABLE bureau ON COMMIT DROP AS SELECT * FROM ({rows}) b(id, parent_id)"))
        assert work.scalars(text("SELECT app_bureaus()")).all() == [mine]


@pytest.mark.parametrize(
    ("task", "queue"), [("render_report", "renders"), ("deliver_message", "outside"), ("x", "default")]
)
def test_a_job_waits_in_the_queue_of_its_weight_whoever_asks_for_it(settings, task, queue):
    with unit_of_work(Scope(Audience.FIRM, FIRM, new_id())) as work:
        jobs.defer(work, task, firm_id=FIRM)
    with unit_of_work(Scope(Audience.WORKER)) as work:
        newest = text("SELECT queue_name FROM procrastinate_jobs WHERE task_name = :task ORDER BY id DESC LIMIT 1")
        assert work.scalar(newest, {"task": task}) == queue


def test_a_signed_report_overtakes_the_automatic_ones_that_wait(settings):
    """By the worker's own order: a backlog of a thousand automatic ones is no reason to wait for what was signed."""
    asked = [("automatic", new_id()), ("automatic", new_id()), ("signed", new_id())]
    fetch = text("SELECT args->>'checkup_id' FROM procrastinate_fetch_job_v2(ARRAY['renders'], :worker)")
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.execute(text("DELETE FROM procrastinate_jobs WHERE queue_name = 'renders' AND status = 'todo'"))
        for kind, checkup_id in asked:
            jobs.defer(work, "render_report", firm_id=FIRM, checkup_id=checkup_id, kind=kind)
        worker = work.scalar(text("SELECT worker_id FROM procrastinate_register_worker_v1()"))
        taken = [work.scalar(fetch, {"worker": worker}) for _ in asked]
        work.rollback()
    assert taken == [str(asked[one][1]) for one in (2, 0, 1)]


def test_whatever_a_definer_function_reads_the_owner_of_the_tables_may_read_although_row_security_is_forced(admin_rows):
    """Here the owner is a superuser, whom no row security holds; a production's is not, and would find no row."""
    bodies = {row.proname: (row.prosecdef, row.prosrc) for row in admin_rows(FUNCTIONS)}
    kept = {row.relname for row in admin_rows(OWNERS)}
    forced = {row.relname for row in admin_rows("SELECT relname FROM pg_class WHERE relforcerowsecurity")}
    read = {
        (name, table)
        for name, (is_definer, body) in bodies.items()
        if is_definer
        for table in re.findall(NAMED_TABLE, body + "".join(b for n, (_, b) in bodies.items() if f"{n}(" in body))
    }
    assert len(read) > 5
    assert {(name, table) for name, table in read if table in forced} - {(n, t) for n, t in read if t in kept} == set()


FUNCTIONS = "SELECT proname, prosecdef, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
OWNERS = (
    "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname IN "
    "('definer_all', 'definer_reads')"
)
NAMED_TABLE = r"(?:FROM|JOIN|INTO|UPDATE)\s+(?:public\.)?(\w+)"
