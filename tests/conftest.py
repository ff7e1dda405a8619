"""One embedded PostgreSQL for the whole run, migrated once; every test makes the rows it needs."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tenants import database
from webapp import migrating
from webapp.app import create_app
from webapp.demo import city as demo_city
from webapp.settings import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A filled demo city in a folder of its own."""
    made = Settings.from_env(
        {
            "FAMAI_DATA_DIR": str(tmp_path_factory.mktemp("famai")),
            "FAMAI_DOOR_LIMIT": "2000/minute",
            "FAMAI_STRIPE_WEBHOOK_SECRET": "whsec_test",
        }
    )
    migrating.migrate(made.admin_database_url)
    database.configure(made.database_url)
    list(demo_city.fill(made, seed=7))
    yield made
    database.dispose()


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    made = create_app(settings)
    made.config.update(WTF_CSRF_ENABLED=False)
    return made
