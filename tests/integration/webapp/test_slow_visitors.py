"""Forty who send their bodies a byte at a time hold no thread, a thousand who say nothing no line: owners are served
as if they were not there."""

import http.client
import os
import re
import socket
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from tests.owners import DETAILS
from tests.patience import PATIENCE, until
from tests.places import ROOT
from tests.ports import free_port
from tests.reading import as_read

SLOW, SILENT = 40, 1_200
HEAD = (
    b"POST /auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\ne"
)


@pytest.fixture(scope="module")
def port(settings):
    env = os.environ | settings.same_city()
    chosen = free_port()
    process = subprocess.Popen([sys.executable, "-m", "webapp.cli", "serve", "--port", str(chosen)], cwd=ROOT, env=env)
    until(lambda: answers(chosen))
    yield chosen
    process.terminate()
    process.wait()


def answers(port):
    try:
        return ask(port, "GET", "/healthz")[0] == 200
    except OSError:
        return False


def ask(port, verb, path, fields=None, cookie=""):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    body = None if fields is None else urlencode(fields)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(verb, path, body, headers)
    answer = line.getresponse()
    page = as_read(answer.read().decode())
    line.close()
    return answer.status, answer.headers, page


@pytest.fixture
def slow(port):
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for line in lines:
        line.sendall(HEAD)
    yield lines
    for line in lines:
        line.close()


@pytest.fixture
def silent(port):
    """As many as one machine opens without an effort, on which nothing is ever said."""
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(SILENT)]
    yield lines
    for line in lines:
        line.close()


def test_an_owner_reads_while_a_thousand_lines_are_silent(port, silent):
    assert [ask(port, "GET", "/f/hubin/start")[0] for _ in range(4)] == [200] * 4


def test_an_owner_reads_and_answers_while_forty_slow_bodies_come_in(port, slow):
    status, headers, page = ask(port, "GET", "/f/hubin/start")
    assert status == 200
    cookie = headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    status, headers, _ = ask(port, "POST", "/f/hubin/start", {**DETAILS, "csrf_token": token}, cookie)
    assert (status, headers["Location"].startswith("/checkup/")) == (302, True)


def test_a_slow_body_that_is_whole_at_last_is_answered(port, slow):
    slow[0].sendall(b"x" * 4999)
    assert slow[0].recv(100).startswith(b"HTTP/1.1 400")


def test_a_body_beyond_what_the_view_takes_is_refused_before_it_is_sent(port):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(HEAD.replace(b"5000", b"50000000"))
        assert line.recv(100).startswith(b"HTTP/1.1 413")
