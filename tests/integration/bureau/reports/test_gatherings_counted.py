"""Lectures and days of advice in the yearly report: those that were held, as long as they were; who came where told."""

import datetime as dt

import psycopg
import pytest

from bureau.gatherings import making
from bureau.reports.process_measures import read_gatherings
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.gatherings import BUREAU, BY, make

TODAY = city_day(now())


def counted(bureau="bureau:310113", period=str(TODAY.year)):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=demo_id(bureau))) as session:
        found = read_gatherings(session, bureau_id=demo_id(bureau), period=period, today=TODAY)
        return {one.key: "withheld" if one.is_withheld else one.value for one in found}


def hold(times="14:00-15:40"):
    row = make()
    with unit_of_work(BUREAU) as session:
        held = session.get_one(type(row), row.id)
        making.close(session, held, times=times, came=(), by=BY, now=row.ends_at + dt.timedelta(hours=1))
    return row


@pytest.fixture(autouse=True)
def line(settings):
    """To a database in which no visitors are told of."""
    with psycopg.connect(settings.admin_database_url, autocommit=True) as opened:
        opened.execute("DELETE FROM gathering_told")
        yield opened


def tell(line, row, count):
    line.execute("INSERT INTO gathering_told VALUES (%s, 'came', %s)", [row.id, count])


def test_what_is_to_come_or_was_called_off_is_not_held(settings):
    before = counted()["gatherings_held"]
    row = make()
    make()
    with unit_of_work(BUREAU) as session:
        making.cancel(session, session.get_one(type(row), row.id), why="下雪", by=BY, now=now())
    assert counted()["gatherings_held"] == before


def test_minutes_are_those_it_took_and_not_those_planned(settings):
    before = counted()["gathering_minutes"]
    hold(times="14:00-14:50")
    assert counted()["gathering_minutes"] - before == 50


def test_who_came_is_withheld_until_it_is_told_of_one(line):
    row = hold()
    assert counted()["gathering_came"] == "withheld"
    tell(line, row, 23)
    hold()
    assert counted()["gathering_came"] == 23


def test_a_bureau_counts_those_of_its_part_alone(settings):
    at_city, elsewhere = counted("bureau")["gatherings_held"], counted("bureau:310110")
    hold()
    assert counted("bureau")["gatherings_held"] == at_city + 1
    assert (counted("bureau:310110"), elsewhere["gatherings_held"]) == (elsewhere, 0)


def test_a_quarter_counts_its_own(settings):
    hold()
    assert counted(period=f"{TODAY.year}-Q1") == {"gatherings_held": 0, "gathering_minutes": 0}
