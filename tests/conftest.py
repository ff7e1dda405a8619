"""One embedded PostgreSQL for the whole run, migrated and filled once; every module works on a copy of its own."""

import atexit
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from demo import city as demo_city
from tenants import database
from tests.reading import Browser
from webapp import migrating
from webapp.app import create_app
from webapp.settings import Settings

_NUMBERS = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """A folder of its own for each run.

    pytest's own shares a parent that every new run closes to other users: as root, under whom the embedded server is
    another user, that pulls the data away from the servers of runs that are still going.
    """
    if config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="famai-tests-")
        atexit.register(shutil.rmtree, config.option.basetemp, ignore_errors=True)


@pytest.fixture(scope="session")
def template_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A filled demo city in a folder of its own; nobody works in it."""
    made = Settings.from_env(
        {
            "FAMAI_DATA_DIR": str(tmp_path_factory.mktemp("famai")),
            "FAMAI_DOOR_LIMIT": "2000/minute",
            "FAMAI_RATE_LIMIT": "60000/minute",  # the walk over every route is thousands of requests
            "FAMAI_STRIPE_WEBHOOK_SECRET": "whsec_test",
        }
    )
    migrating.migrate(made.admin_database_url)
    database.configure(made.database_url)
    list(demo_city.fill(made, seed=7))
    database.dispose()
    # The demo's own letters and PDFs: half a minute in each module that runs the worker, and no test's subject.
    _run(made, "TRUNCATE procrastinate_jobs CASCADE", base=urlsplit(made.admin_database_url).path)
    yield made
    database.dispose()


@pytest.fixture(scope="module")
def settings(template_city: Settings) -> Iterator[Settings]:
    """The demo city, copied for this module: what one file does to it, no other ever sees."""
    name = f"city_{next(_NUMBERS)}"
    original = urlsplit(template_city.admin_database_url).path.lstrip("/")
    database.dispose()
    _run(template_city, "CREATE DATABASE {} TEMPLATE {}", name, original)
    made = replace(
        template_city,
        database_url=_named(template_city.database_url, name),
        admin_database_url=_named(template_city.admin_database_url, name),
    )
    database.configure(made.database_url)
    yield made
    database.dispose()
    _run(template_city, "DROP DATABASE {} WITH (FORCE)", name)


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _run(city: Settings, statement: str, *names: str, base: str = "template1") -> None:
    with psycopg.connect(_named(city.admin_database_url, base.lstrip("/")), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    made = create_app(settings)
    made.config.update(WTF_CSRF_ENABLED=False)
    made.test_client_class = Browser
    return made
