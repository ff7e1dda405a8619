"""One embedded PostgreSQL for the whole run, migrated and filled once; every module works on a copy of its own."""

import tenants.garbage  # noqa: F401 - what it says counts from here on

# isort: split
import atexit
import datetime as dt
import gc
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from sqlalchemy import create_engine, text
from standardwebhooks import webhooks

from tenants import clock, database
from tenants.clock import now
from tests.compiled_once import keep_routes, keep_statements, keep_templates
from tests.filled_city import ROOT, copy_city, weaken_hashes
from tests.reading import Browser
from webapp.app import create_app
from webapp.settings import Settings, stand_clock

_NUMBERS = itertools.count(1)
# No test knows the hour: the city's clock stands, here and in every process that a test starts. A whole run at another
# instant: `FAMAI_NOW=2026-12-31T23:59+08:00 bin/test`.
NOON = "2026-11-24T12:00+08:00"
os.environ.setdefault("FAMAI_NOW", NOON)
stand_clock(os.environ["FAMAI_NOW"])
# A busy machine is no fault: no property fails for the time that an example took.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")
weaken_hashes()
keep_routes()
keep_statements()


class _CityTime(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return now().astimezone(tz)


@pytest.fixture(scope="session", autouse=True)
def _receivers_live_at_the_citys_time() -> None:
    """A subscriber checks the age of what we send by its own clock: in a test that is the city's too."""
    webhooks.datetime = _CityTime


@pytest.fixture
def clock_at() -> Iterator[Callable[[dt.datetime | None], None]]:
    """Let the city's clock stand at another instant for the length of this test."""
    before = clock._Standing.instants
    yield clock.stand_at
    clock._Standing.instants = before


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """A folder of its own for each run.

    pytest's own shares a parent that every new run closes to other users: as root, under whom the embedded server is
    another user, that pulls the data away from the servers of runs that are still going.
    """
    if config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="famai-tests-")
        atexit.register(shutil.rmtree, config.option.basetemp, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that the last minutes have small tests for every worker."""
    kinds = ("production", "browser", "property", "integration", "unit")
    place = {ROOT / "tests" / kind: number for number, kind in enumerate(kinds)}
    items.sort(key=lambda item: next((place[folder] for folder in item.path.parents if folder in place), 0))


def pytest_collection_finish() -> None:
    """Thousands of tests and all of the product's modules stay to the end: whoever looks for rubbish need not walk them
    again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def template_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A filled demo city in a folder of its own; nobody works in it."""
    folder = tmp_path_factory.getbasetemp() / "famai-city"
    copy_city(folder)
    made = Settings.from_env(
        {
            "FAMAI_DATA_DIR": str(folder),
            "FAMAI_DOOR_LIMIT": "2000/minute",
            "FAMAI_RATE_LIMIT": "60000/minute",  # the walk over every route is thousands of requests
            "FAMAI_STRIPE_WEBHOOK_SECRET": "whsec_test",
        }
    )
    yield made
    database.dispose()


@pytest.fixture(scope="module")
def settings(template_city: Settings) -> Iterator[Settings]:
    """The demo city, copied for this module: what one file does to it, no other ever sees."""
    name = f"city_{next(_NUMBERS)}"
    original = urlsplit(template_city.admin_database_url).path.lstrip("/")
    database.dispose()
    _run(template_city, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, original)
    made = replace(
        template_city,
        database_url=_named(template_city.database_url, name),
        privileged_database_url=_named(template_city.privileged_database_url, name),
        admin_database_url=_named(template_city.admin_database_url, name),
    )
    database.configure(made.lines)
    letters = set(made.outbox_dir.glob("*"))
    yield made
    for letter in set(made.outbox_dir.glob("*")) - letters:
        letter.unlink()
    database.dispose()
    _run(template_city, "DROP DATABASE {} WITH (FORCE)", name)


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _run(city: Settings, statement: str, *names: str, base: str = "template1") -> None:
    with psycopg.connect(_named(city.admin_database_url, base.lstrip("/")), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    made = keep_templates(create_app(settings))
    made.config.update(WTF_CSRF_ENABLED=False)
    made.test_client_class = Browser
    return made


@pytest.fixture
def admin_rows(settings: Settings) -> Iterator[Callable[..., list]]:
    """Rows as the owner of the database sees them."""
    engine = create_engine(settings.admin_database_url)

    def read(query: str, **values: object) -> list:
        with engine.connect() as connection:
            return connection.execute(text(query), values).all()

    yield read
    engine.dispose()


@pytest.fixture
def admin_write(settings: Settings) -> Iterator[Callable[..., None]]:
    """A statement as the owner of the database."""
    engine = create_engine(settings.admin_database_url)

    def run(statement: str, **values: object) -> None:
        with engine.begin() as connection:
            connection.execute(text(statement), values)

    yield run
    engine.dispose()
