"""A primary that dies while owners answer: its standby takes over, and nothing that was acknowledged is lost."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest
import requests

from tests import machines
from tests.machines import superuser, wait_for
from tests.owners import DETAILS, first_choices
from tests.places import ROOT
from tests.ports import free_port
from tests.reading import as_read

pytestmark = machines.needs("postgresql")
OWNERS, BEFORE, AFTER = 4, 12, 12
LOGINS = {"DATABASE_URL": "famai_login", "FAMAI_PRIVILEGED_DATABASE_URL": "famai_privileged"}
OPEN = """
from demo import city
from tenants.database import configure
from webapp.settings import Settings
settings = Settings.from_env()
configure(settings.lines)
city.open_city(settings)
"""


class Owner(threading.Thread):
    """Answers question after question; what was acknowledged is noted, a 503 is tried again after its time."""

    def __init__(self, site, firm):
        super().__init__(daemon=True)
        self.site, self.firm, self.line = site, firm, requests.Session()
        self.line.trust_env = False
        self.noted, self.refused, self.stopping, self.fault = [], [], threading.Event(), None

    def ask(self, verb, path, **fields):
        """Patiently: what was typed is sent again until it is taken."""
        while not self.stopping.is_set():
            answer = self.line.request(verb, self.site + path, data=fields or None, allow_redirects=False, timeout=60)
            if answer.status_code != 503:
                return answer
            self.refused.append(answer.headers.get("Retry-After"))
            self.stopping.wait(0.2)
        raise InterruptedError

    def post(self, path, page, **fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        answer = self.ask("POST", path, csrf_token=token, **fields)
        assert answer.is_redirect, (answer.status_code, answer.text[:500])
        return answer.headers["Location"]

    def run(self):
        try:
            self.answer()
        except InterruptedError:
            return
        except Exception as fault:
            self.fault = fault

    def answer(self):
        start = f"/f/{self.firm}/start"
        path = self.ask("GET", self.post(start, self.ask("GET", start).text, **DETAILS)).headers["Location"]
        while not self.stopping.is_set() and "/question/" in path:
            page = as_read(self.ask("GET", path).text)
            given = first_choices(page)
            following = self.post(path, page, **given)
            self.noted.append((path, given["answer"]))
            path = following


@pytest.fixture
def pair():
    """(folder, ports of a primary and of the standby whose word it waits for)."""
    with machines.folder() as place:
        machines.init_postgres(place)
        first, second = free_port(), free_port()
        with machines.postgres(place / "db", first, "-c", "max_wal_senders=5") as primary:
            machines.standby(place / "two", first)
            with machines.postgres(place / "two", second, "-c", "hot_standby=on"):
                with psycopg.connect(superuser(first), autocommit=True) as line:
                    line.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                    line.execute("SELECT pg_reload_conf()")
                yield place, primary, first, second


def test_no_acknowledged_answer_is_lost_when_a_standby_takes_over(pair, capsys):
    place, primary, first, second = pair
    env = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
    with psycopg.connect(superuser(first), autocommit=True) as line:
        line.execute("CREATE DATABASE famai")
    admin = f"{superuser(first).rpartition('/')[0]}/famai"
    env |= {"FAMAI_ADMIN_DATABASE_URL": admin, "DATABASE_URL": admin, "FAMAI_DATA_DIR": str(place / "data")}
    command = [sys.executable, "-m", "webapp.cli"]
    subprocess.run([*command, "migrate"], env=env, cwd=ROOT, check=True, capture_output=True)
    with psycopg.connect(admin, autocommit=True) as line:
        for name, role in LOGINS.items():
            line.execute(f"ALTER ROLE {role} PASSWORD '{machines.PASSWORD}'")
            env[name] = f"postgresql://{role}:{machines.PASSWORD}@127.0.0.1:{first},127.0.0.1:{second}/famai"
    subprocess.run([sys.executable, "-c", OPEN], env=env, cwd=ROOT, check=True, capture_output=True)
    port = free_port()
    with machines.running(*command, "serve", "--port", port, env=env, cwd=ROOT):
        site = f"http://127.0.0.1:{port}"
        wait_for(lambda: requests.get(f"{site}/healthz", timeout=5).ok)
        owners = [Owner(site, "hubin") for _ in range(OWNERS)]
        for owner in owners:
            owner.start()
        wait_for(lambda: sum(len(owner.noted) for owner in owners) >= BEFORE)
        os.kill(primary.pid, signal.SIGKILL)
        died = time.monotonic()
        primary.wait()
        wait_for(lambda: any(owner.refused for owner in owners))
        machines.promote(place / "two")
        told = sum(len(owner.noted) for owner in owners)
        wait_for(lambda: sum(len(owner.noted) for owner in owners) > told)
        took = time.monotonic() - died
        wait_for(lambda: sum(len(o.noted) for o in owners) >= told + AFTER or not any(o.is_alive() for o in owners))
        for owner in owners:
            owner.stopping.set()
        for owner in owners:
            owner.join()
        with capsys.disabled():
            sys.stdout.write(f"\nanswers were taken again {took:.1f} s after the primary died\n")
        assert [owner.fault for owner in owners if owner.fault] == []
        assert all(seconds and int(seconds) > 0 for owner in owners for seconds in owner.refused)
        for owner in owners:
            owner.stopping.clear()
            for path, value in owner.noted:
                assert f'value="{value}" checked' in as_read(owner.ask("GET", path).text), path
