"""The proof on demand that firms are kept apart: it looks at rows, and finds a wall that is down."""

import psycopg
import pytest

from tests.factories import make_case
from tests.visits import log_in
from webapp.operating import isolation


@pytest.fixture
def two_firms(settings):
    make_case(settings, "signed", firm="hubin")
    make_case(settings, "signed", firm="jiangwan", seed=2)


@pytest.fixture
def without_wall(settings):
    """The table of events without its row security."""
    with psycopg.connect(settings.admin_database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE checkup_event DISABLE ROW LEVEL SECURITY")
        yield
        connection.execute("ALTER TABLE checkup_event ENABLE ROW LEVEL SECURITY")


def test_firms_that_are_kept_apart_are_said_to_be(settings, two_firms):
    proof = isolation.prove_isolation()
    assert proof.foreign == ()
    assert proof.own > 50


def test_every_firm_is_asked_as_each_audience_of_every_table_it_may_read(settings, two_firms):
    proof = isolation.prove_isolation()
    assert proof.looks == proof.firms * sum(len(isolation.list_tables(one)) for one in isolation.ASKED)
    assert proof.tables > 80


def test_a_wall_that_is_down_is_found(settings, two_firms, without_wall):
    found = isolation.prove_isolation().foreign
    assert {table for _, table in found} == {"checkup_event"}


def test_the_operator_reads_on_the_desk_that_firms_are_kept_apart(app, two_firms):
    page = log_in(app, "operator@famai.example").post("/operator/board/isolation").text
    assert "没有一次看到别家的" in page


def test_the_operator_reads_on_the_desk_which_wall_is_down(app, two_firms, without_wall):
    page = log_in(app, "operator@famai.example").post("/operator/board/isolation").text
    assert "firm checkup_event" in page
