"""A database brought back to an instant by the commands of `docs/operators.md`: a real PostgreSQL, pgBackRest, and an
owner who erased her case after that instant."""

import contextlib
import os
import shlex
import sys
import time

import psycopg
import pytest
from click.testing import CliRunner

from checkup.cases.models import Document
from checkup.owner.transfer import move_to_firm
from demo import city as demo_city
from tenants import database
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.files import has_file, write_file
from tests import machines
from tests.operators_page import commands_below
from tests.own_city import answer, start
from tests.ports import free_port
from webapp.cli import main
from webapp.settings import Settings
from webapp.tasks.cases import TASKS

pytestmark = machines.needs("postgresql", "pgbackrest")
FIRST, PAGE = commands_below("A city, from nothing"), commands_below("Back to an instant")
INSTANT = "2026-11-24 12:00:00+08"


class Machine:
    """A city and its database server, on which lines of the page are run."""

    def __init__(self, place):
        self.place, self.port, self.ran = place, free_port(), []
        self.instant, self.settings = "", None
        machines.init_postgres(place)
        (place / "etc").mkdir()
        file = machines.archives(place, self.port)
        self.env = os.environ | {"PGBACKREST_CONFIG": str(file), "PGPASSWORD": machines.PASSWORD}

    def run(self, line):
        """What the line says; what it does to the service is done to the server of this folder."""
        assert line in FIRST + PAGE, f"the page does not say: {line}"
        self.ran.append(line)
        words = [self._here(word) for word in shlex.split(line)]
        if words[0] == "systemctl":
            return self.stop() if words[1] == "stop" else self.start()
        if words[0] == "pgbackrest":
            return machines.as_postgres(words, self.env)
        return self.famai(*words[1:])

    def _here(self, word):
        for said, here in {
            "postgresql://postgres@db/postgres": machines.superuser(self.port),
            "/etc/famai": str(self.place / "etc"),
            "/var/backups/famai": str(self.place / "backups"),
            INSTANT: self.instant,
        }.items():
            word = word.replace(said, here)
        return word

    def famai(self, *words):
        result = CliRunner().invoke(main, words, env=self.settings_env())
        assert result.exit_code == 0, result.output
        return result.output

    def settings_env(self):
        file = self.place / "etc/famai.env"
        lines = shlex.split(file.read_text(encoding="ascii")) if file.exists() else []
        # The tests' clock stands, which production refuses; all else is as the file says.
        found = dict(line.split("=", 1) for line in lines) | {"FAMAI_ENVIRONMENT": "development"}
        return found | {"FAMAI_DATA_DIR": str(self.place / "data"), "FAMAI_POOLER": "none"}

    def start(self):
        self._server = contextlib.ExitStack()
        self._server.enter_context(machines.postgres(self.place / "db", self.port))
        machines.wait_for(lambda: self.ask("SELECT 1 WHERE NOT pg_is_in_recovery()", "postgres"))

    def stop(self):
        database.dispose()
        self._server.close()

    def open_city(self):
        self.famai("setup", "new", str(self.place / "etc/famai.env"), "--as", machines.superuser(self.port),
                   "--public-url", "https://city.example")  # fmt: skip
        self.run("famai migrate")
        self.settings = Settings.from_env(self.settings_env())
        self.reach()
        demo_city.open_city(self.settings)

    def reach(self):
        database.configure(self.settings.lines)

    def ask(self, query, database="famai"):
        url = f"{machines.superuser(self.port).rpartition('/')[0]}/{database}"
        with psycopg.connect(url, autocommit=True) as line:
            result = line.execute(query)
            return result.fetchall() if result.description else []


@pytest.fixture
def machine(monkeypatch):
    with machines.folder() as place:
        made = Machine(place)
        for name in ("PGBACKREST_CONFIG", "PGPASSWORD"):
            monkeypatch.setenv(name, made.env[name])  # the server archives by them
        made.start()
        try:
            yield made
        finally:
            made.stop()


def keep_paper(machine, scope, checkup_id):
    """A rendered report of the case, in the store and in the database."""
    path = f"{scope.firm_id}/{checkup_id}.pdf"
    write_file(machine.settings.files_url, path, b"sealed")
    row = {"firm_id": scope.firm_id, "checkup_id": checkup_id, "owner_id": scope.person_id, "path": path}
    with unit_of_work(Scope(Audience.WORKER, firm_id=scope.firm_id)) as work:
        work.add(Document(**row, kind="automatic", locale="en", content_hash="0" * 64, rendered_at=now()))
    return path


def move_away(machine, scope, checkup_id):
    to = {"checkup_id": checkup_id, "to_firm": demo_city.demo_id("jiangwan"), "by": Actor(scope.person_id, "店主本人")}
    with unit_of_work(scope) as work:
        move_to_firm(work, scope=scope, **to, keys=machine.settings.keyring(), now=now())


def test_what_was_erased_after_the_instant_stays_erased(machine, capsys):
    machine.open_city()
    for line in PAGE[:3]:
        machine.run(line)
    _, kept_scope, kept = start(machine.settings)
    client, scope, erased = start(machine.settings)
    _, moved_scope, moved = start(machine.settings)
    paper = keep_paper(machine, scope, erased)
    machine.run(PAGE[3])
    ((machine.instant,),) = machine.ask("SELECT clock_timestamp()::text")
    client.post(f"/checkup/{erased}/mine/erase")
    move_away(machine, moved_scope, moved)
    _, _, later = start(machine.settings)
    machine.ask("DROP TABLE case_message CASCADE")
    began = time.monotonic()
    for line in PAGE[4:8]:
        machine.run(line)
    machine.reach()
    assert answer(machine.settings, scope, erased) == "few"  # so the test can fail: its key came back with the instant
    for line in PAGE[8:10]:
        said = machine.run(line)
    took = time.monotonic() - began
    machine.reach()
    assert "1 cases erased again" in said
    assert answer(machine.settings, kept_scope, kept) == "few"
    assert answer(machine.settings, moved_scope, moved) == "few"  # where it was before it moved
    with pytest.raises(NotFound):
        answer(machine.settings, scope, erased)
    assert machine.ask(f"SELECT state FROM checkup WHERE id = '{erased}'") == [("erased",)]
    TASKS["finish_erasure"](machine.settings, firm_id=str(scope.firm_id), checkup_id=str(erased))
    assert not has_file(machine.settings.files_url, paper)
    assert machine.ask(f"SELECT count(*) FROM checkup WHERE id = '{later}'") == [(0,)]
    machine.run(PAGE[10])
    assert machine.ran[-len(PAGE) :] == PAGE
    with capsys.disabled():
        sys.stdout.write(f"\nthe city was back at its instant, and its erasures with it, after {took:.1f} s\n")
