"""`kill -9` while 16 owners answer: after a restart every acknowledged answer is there."""

import os
import signal
import subprocess
import threading

import pytest

from tests.own_city import own_city
from tests.patience import until
from tests.ports import free_port
from tests.served import Visitor, answer_until, kill_database, kill_session, serving
from webapp.serving import DRAIN_SECONDS

OWNERS, ENOUGH = 16, 160


@pytest.fixture
def folder(tmp_path, settings):
    with own_city(tmp_path, settings):  # its firms are there, so that `--demo` has nothing to fill
        pass
    yield tmp_path
    kill_database(tmp_path)


def kill_web(process, folder):
    kill_session(process)


def kill_worker(process, folder):
    found = subprocess.run(["pgrep", "-s", str(process.pid), "-f", "webapp.cli worker"], capture_output=True, text=True)
    os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def kill_its_database(process, folder):
    kill_database(folder)


@pytest.mark.parametrize("kill", [kill_web, kill_worker, kill_its_database], ids=["web", "worker", "database"])
def test_every_acknowledged_answer_survives_a_kill(kill, folder):
    port, noted, stopped = free_port(), [], threading.Event()
    with serving(folder, port) as process:
        owners = [threading.Thread(target=answer_until, args=(stopped, port, noted)) for _ in range(OWNERS)]
        for owner in owners:
            owner.start()
        while len(noted) < ENOUGH and any(owner.is_alive() for owner in owners):
            stopped.wait(0.01)
        kill(process, folder)
        stopped.set()
        for owner in owners:
            owner.join()
    assert len({path.split("/")[2] for _, path, _ in noted}) == OWNERS
    with serving(folder, port):
        visitor = Visitor(port)
        for cookies, path, value in noted:
            visitor.cookies = cookies
            assert f'value="{value}" checked' in visitor.ask("GET", path)[2], path


def test_a_city_that_has_hardly_begun_ends_long_before_its_workers_would_be_killed(folder):
    with serving(folder, free_port()) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(DRAIN_SECONDS / 2) == 0


def test_a_city_whose_database_was_killed_answers_again_by_itself(folder):
    port = free_port()
    with serving(folder, port):
        kill_database(folder)
        until(lambda: Visitor(port).ask("GET", "/")[0] == 200)
        assert Visitor(port).ask("GET", "/f/hubin/start")[0] == 200
