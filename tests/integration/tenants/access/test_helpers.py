"""A helper reads a case by its owner's yes alone, in SQL: after it nothing, and of a result the light."""

import datetime as dt

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from checkup.assisting.agreeing import end_help
from checkup.assisting.assist_rules import FINDINGS, OWNERS_WORD
from checkup.assisting.claiming import claim, claim_digest, find_claim
from checkup.assisting.models import Assistance
from demo.city import demo_id
from tenants.access.matrix import MATRIX
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.models import Station
from tenants.stations.admission import decide, get_station
from tenants.stations.helpers import begin_post, end_post
from tests.helping import HELPER, NEW, SEAT, claim_code, help_somebody, scope_of

BUREAU = Scope(Audience.BUREAU, person_id=demo_id("officer@baoshan.example"), bureau_id=demo_id("bureau:310113"))
OFFICER = Actor(demo_id("officer@baoshan.example"), "王科员")
# What a helper reads of a case while the help runs; each a table with rows of owners.
OF_A_CASE = [
    table
    for table, cells in MATRIX.items()
    if any(one.audience is Audience.HELPER and "SELECT" in one.verbs for one in cells)
    and table not in ("station", "helper_post", "duty_receipt", "person")
]

FOUND = (
    "INSERT INTO finding (firm_id, checkup_id, risk, owner_id, place, domain, severity, likelihood, lo, hi, state, "
    "priority, colour, points, urgent) SELECT firm_id, id, 'con.unwritten', owner_id, 0, 'con', 3, 1, 1, 1, 'found', "
    "4, 'orange', 1, false FROM checkup WHERE id = :id"
)


def counts(scope):
    """Table → rows that this scope reads."""
    found = {}
    for table in OF_A_CASE:
        with unit_of_work(scope) as work:
            found[table] = work.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return found


def nothing():
    return dict.fromkeys(OF_A_CASE, 0)


@pytest.fixture
def helped(settings):
    return help_somebody(settings)


def test_while_it_runs_she_reads_draft_answers_and_key(helped):
    found = counts(scope_of(HELPER))
    assert {"checkup", "answers", "case_key", "business", "assistance", "firm"} <= {
        table for table, count in found.items() if count
    }


def test_a_colleague_at_another_station_reads_nothing(helped):
    assert counts(scope_of(SEAT)) == nothing()


def test_whoever_has_not_agreed_to_secrecy_reads_nothing_and_is_agreed_with_by_nobody(settings):
    with pytest.raises(ProgrammingError, match="row-level security"):
        help_somebody(settings, NEW)
    assert counts(scope_of(NEW)) == nothing()


def test_after_the_claim_she_reads_nothing(settings, helped):
    _end_all_but(helped)
    digest = claim_digest(helped.number, claim_code(settings, helped), settings.pepper)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
        target = find_claim(work, digest, now())
    with unit_of_work(helped.owner) as work:
        claim(work, target=target, digest=digest, by=Actor(helped.owner_id, "店主本人"), now=now())
    assert counts(scope_of(HELPER)) == nothing()


def _end_all_but(helped):
    """The helper of the demo city has no other client left."""
    with unit_of_work(scope_of(HELPER)) as work:
        others = [(one.checkup_id, one.firm_id, one.owner_id) for one in work.scalars(select(Assistance))]
    for checkup_id, firm_id, owner_id in others:
        if checkup_id != helped.checkup_id:
            with unit_of_work(Scope(Audience.OWNER, firm_id, owner_id)) as work:
                end_help(work, checkup_id=checkup_id, why=OWNERS_WORD, by=Actor(owner_id, "店主本人"), now=now())


def test_a_code_works_once(settings, helped):
    digest = claim_digest(helped.number, claim_code(settings, helped), settings.pepper)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
        target = find_claim(work, digest, now())
    given = {"target": target, "digest": digest, "by": Actor(helped.owner_id, "店主本人"), "now": now()}
    with unit_of_work(helped.owner) as work:
        claim(work, **given)
    with pytest.raises(NotFound), unit_of_work(helped.owner) as work:
        claim(work, **given)


def test_two_weeks_later_she_reads_nothing(helped, clock_at):
    scope = scope_of(HELPER)
    clock_at(now() + dt.timedelta(days=14, minutes=1))
    assert counts(scope) == nothing()


@pytest.mark.parametrize("step", ["suspend", "end"])
def test_when_station_or_post_ends_she_reads_nothing(settings, helped, step):
    scope = scope_of(HELPER)
    with unit_of_work(BUREAU) as work:
        if step == "end":
            end_post(work, station_id=scope.station_id, person_id=scope.person_id, by=OFFICER, now=now())
        else:
            row = get_station(work, scope.station_id, lock=True)
            decide(work, row, step="suspend", why="换址", by=OFFICER, now=now())
    try:
        assert counts(scope) == nothing()
    finally:
        _again(settings, scope, step)


def _again(settings, scope, step):
    with unit_of_work(BUREAU) as work:
        if step == "end":
            station = work.get_one(Station, scope.station_id)
            begin_post(work, scope=BUREAU, station=station, email=HELPER, name="周姐", by=OFFICER, now=now())
        else:
            row = get_station(work, scope.station_id, lock=True)
            decide(work, row, step="resume", why="开了", by=OFFICER, now=now())


@pytest.mark.parametrize("column", ["score", "grade", "held_by", "finding_count", "next_due", "domains"])
def test_no_column_of_a_result_is_granted(column):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope_of(HELPER)) as work:
        work.execute(text(f"SELECT {column} FROM checkup"))


def test_findings_open_only_by_her_yes(settings, helped):
    read = help_somebody(settings, shows=FINDINGS)
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as admin:
        for one in (helped, read):
            admin.execute(
                text(FOUND),
                {"id": one.checkup_id},
            )
    engine.dispose()
    with unit_of_work(scope_of(HELPER)) as work:
        seen = work.execute(text("SELECT checkup_id FROM finding")).scalars().all()
    assert read.checkup_id in seen
    assert helped.checkup_id not in seen


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assistance SET ends_at = ends_at + interval '1 year'",
        "INSERT INTO claim_code SELECT * FROM claim_code",
        "SELECT digest FROM claim_code",
        "UPDATE checkup SET owner_id = owner_id",
        "DELETE FROM answers",
        "SELECT famai_defer('render_report', '{}'::jsonb)",
        "INSERT INTO helper_post SELECT * FROM helper_post",
    ],
)
def test_what_is_the_owners_or_the_bureaus_her_role_cannot_do(helped, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope_of(HELPER)) as work:
        work.execute(text(statement))
