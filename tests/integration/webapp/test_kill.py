"""`kill -9` while 16 owners answer: after a restart every acknowledged answer is there."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from tests.own_city import own_city
from tests.owners import DETAILS
from tests.ports import free_port
from tests.reading import as_read

OWNERS, ENOUGH = 16, 160
PATIENCE = 300  # on a machine that may be busy


class Visitor:
    """A browser as plain as can be: one connection, one cookie jar."""

    def __init__(self, port):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.cookies = {}

    def ask(self, verb, path, fields=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(verb, path, body, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location"), as_read(answer.read().decode())

    def post(self, path, fields, page):
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.ask("POST", path, {**fields, "csrf_token": token})


@contextmanager
def serving(folder, port):
    """`famai serve` with its worker and its own database; killed, not asked, when the test is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve", "--demo", "--with-worker", "--port", str(port)],
        env=os.environ | {"FAMAI_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=(folder.parent / "stderr.txt").open("a"),
        start_new_session=True,
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server stopped"
        try:
            if Visitor(port).ask("GET", "/healthz")[0] == 200:
                break
        except OSError:
            threading.Event().wait(0.05)
    else:
        pytest.fail("the server does not answer")
    try:
        yield process
    finally:
        kill_web(process, folder)
        process.wait()


@pytest.fixture
def folder(tmp_path, settings):
    with own_city(tmp_path, settings):  # its firms are there, so that `--demo` has nothing to fill
        pass
    yield tmp_path
    kill_database(None, tmp_path)


def kill_web(process, folder):
    os.killpg(process.pid, signal.SIGKILL)


def kill_worker(process, folder):
    found = subprocess.run(["pgrep", "-s", str(process.pid), "-f", "webapp.cli worker"], capture_output=True, text=True)
    os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def kill_database(process, folder):
    os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def answer_until(stopped, port, noted):
    """Answer question after question; note (cookies, page, value) of each one the server acknowledged."""
    visitor = Visitor(port)
    try:
        _, _, page = visitor.ask("GET", "/f/hubin/start")
        _, path, _ = visitor.post("/f/hubin/start", DETAILS, page)
        _, path, _ = visitor.ask("GET", path)
        while not stopped.is_set() and "/question/" in path:
            _, _, page = visitor.ask("GET", path)
            value = re.search(r'name="answer" value="([^"]+)"', page).group(1)
            status, following, _ = visitor.post(path, {"answer": value}, page)
            if status == 302:
                noted.append((dict(visitor.cookies), path, value))
                path = following
    except (OSError, http.client.HTTPException, AttributeError):
        return  # the door was shut in her face: what was not acknowledged does not count


@pytest.mark.parametrize("kill", [kill_web, kill_worker, kill_database], ids=["web", "worker", "database"])
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
