"""A city of a test's own, whose keys, files and database may be turned over, thrown away and brought back."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import create_engine, text

from checkup.cases.checkups import open_checkup
from demo import city as demo_city
from tenants.database import Audience, Scope, configure, unit_of_work
from tests.owners import DETAILS
from tests.visits import held_id
from webapp import migrating
from webapp.app import create_app
from webapp.cli import main
from webapp.settings import Settings


@contextmanager
def own_city(folder: Path, settings: Settings) -> Iterator[tuple]:
    """(settings, run famai …, admin SQL); afterwards the city of `settings` is the one worked in again."""
    made = Settings.from_env({"FAMAI_DATA_DIR": str(folder)})
    migrating.migrate(made.admin_database_url)
    configure(made.lines)
    demo_city.open_city(made)
    engine = create_engine(made.admin_database_url)

    def run(*arguments, **env):
        result = CliRunner().invoke(main, arguments, env={"FAMAI_DATA_DIR": str(made.data_dir), **env})
        configure(made.lines)
        return result

    def sql(statement, **values):
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return result.all() if result.returns_rows else []

    yield made, run, sql
    engine.dispose()
    configure(settings.lines)


def start(settings):
    """(client, scope, id) of a checkup with one answer, as its owner holds it."""
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    client.post(f"{url}/question/con.written", data={"answer": "few"})
    _, person, firm, *_ = held_id(client)
    return client, Scope(Audience.OWNER, uuid.UUID(firm), uuid.UUID(person)), uuid.UUID(url.split("/")[-1])


def answer(settings, scope, checkup, keys=None):
    """What that checkup's one answer reads as."""
    with unit_of_work(scope) as work:
        return open_checkup(work, checkup_id=checkup, keys=keys or settings.keyring()).answers.get("con.written")
