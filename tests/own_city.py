"""A city of a test's own, whose keys, files and database may be turned over, thrown away and brought back."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from click.testing import CliRunner
from cryptography.exceptions import InvalidTag
from sqlalchemy import NullPool, create_engine, text

from checkup.cases.checkups import open_checkup
from checkup.cases.key_rotation import list_sealed_columns
from demo import city as demo_city
from tenants.database import Audience, Scope, configure, dispose, unit_of_work
from tenants.sealing import seal, unseal
from tests.filled_city import copy_city
from tests.owners import DETAILS
from tests.visits import held_id
from webapp.app import create_app
from webapp.cli import main
from webapp.registry import register_models
from webapp.settings import Settings


@contextmanager
def own_city(folder: Path, settings: Settings) -> Iterator[tuple]:
    """(settings, run famai …, admin SQL); afterwards the city of `settings` is the one worked in again."""
    copy_city(folder, kind="opened")
    made = Settings.from_env({"FAMAI_DATA_DIR": str(folder)})
    configure(made.lines)
    engine = create_engine(made.admin_database_url, poolclass=NullPool)

    def run(*arguments, **env):
        result = CliRunner().invoke(main, arguments, env={"FAMAI_DATA_DIR": str(made.data_dir), **env})
        configure(made.lines)
        return result

    def sql(statement, **values):
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return result.all() if result.returns_rows else []

    yield made, run, sql
    configure(settings.lines)


@contextmanager
def instant(settings):
    """The city's database as it is now; what is yielded brings it back, whatever happened meanwhile."""
    parts = urlsplit(settings.admin_database_url)
    name = parts.path.lstrip("/")

    def become(copy, original):
        dispose()
        with psycopg.connect(parts._replace(path="/template1").geturl(), autocommit=True) as connection:
            for one in (copy, original):
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [one])
            connection.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {}").format(psycopg.sql.Identifier(copy)))
            names = map(psycopg.sql.Identifier, (copy, original))
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        configure(settings.lines)

    become("instant", name)
    yield lambda: become(name, "instant")


def seal_by_master(sql, master):
    """Something under the master key in each column that it seals."""
    made = {name: uuid.uuid4() for name in ("subscriber", "ticket", "seat")}
    mark = {name: seal(master, b"kept", made[name].bytes) for name in made}
    sql("INSERT INTO subscriber (id, name, url, is_active, added_at, sealed_secret, old_sealed_secret) "
        "VALUES (:id, :name, 'u', true, '2026-01-05', :s, :s)",
        id=made["subscriber"], name=str(made["subscriber"]), s=mark["subscriber"])  # fmt: skip
    sql("INSERT INTO ticket (id, number, source, wish, topic, district, bureau_id, state, is_hard, received_at, "
        "due_on, sealed) SELECT :id, :number, '12345', 'w', 't', 'd', id, 'received', false, '2026-01-05', "
        "'2026-02-05', :s FROM bureau LIMIT 1",
        id=made["ticket"], number=str(made["ticket"]), s=mark["ticket"])  # fmt: skip
    sql("INSERT INTO gathering (id, bureau_id, link_code, number, kind, topic, lesson, name, name_en, about, about_en, "
        "district, place, begins_at, ends_at, seats, languages, state, made_at, version) SELECT :id, id, '', :number, "
        "'lecture', '', '', 'n', 'n', '', '', '310113', 'p', '2026-12-05 10:00+08', '2026-12-05 11:00+08', 9, "
        "'zh-Hans', 'announced', '2026-01-05', 1 FROM bureau LIMIT 1",
        id=made["seat"], number=str(made["seat"]))  # fmt: skip
    sql("INSERT INTO gathering_seat (id, gathering_id, token, state, sealed_phone, locale, made_at) "
        "VALUES (:id, :id, :token, 'held', :sealed, 'zh-Hans', '2026-01-05')",
        id=made["seat"], token=str(made["seat"]), sealed=mark["seat"])  # fmt: skip
    lawyer = demo_city.demo_id("hubin:1")
    mark = seal(master, b"kept", lawyer.bytes)
    sql("UPDATE credential SET sealed_totp = :s WHERE person_id = :id", id=lawyer, s=mark)


def opened_by_master(sql, master):
    """{table.column: whether this key opens all that the master seals there}: `opens`, `closed`, `none`."""
    register_models()
    return {f"{t.name}.{c.name}": _opened(sql, master, t, c) for t, c in list_sealed_columns("master")}


def _opened(sql, master, table, column):
    rows = sql(f"SELECT {column.info['about']}, {column.name} FROM {table.name} WHERE {column.name} IS NOT NULL")
    try:
        for row_id, sealed in rows:
            unseal(master, bytes(sealed), row_id.bytes if column.info["form"] == "bytes" else str(row_id).encode())
    except InvalidTag:
        return "closed"
    return "opens" if rows else "none"


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
