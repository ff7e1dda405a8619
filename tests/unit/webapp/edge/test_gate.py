"""The gate before the threads: what it reads, what it gives up, what it hands on."""

import asyncio
import errno
import threading
import tracemalloc
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace

import pytest
from flask import Flask, request

from tenants.passing_files import PassingFile
from tenants.uploads import MOST_BYTES
from webapp.edge import limits
from webapp.edge.gate import Gate, Patience

SHORT = Patience(seconds=0.0, least_rate=1)
MOST = 1000


class Line:
    """A visitor who sends these chunks; after them she ends, or stays and is silent."""

    def __init__(self, *chunks, is_silent=False):
        self.chunks, self.is_silent, self.answer = list(chunks), is_silent, None

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.chunks:
            return self.chunks.pop(0)
        if self.is_silent:
            await asyncio.Event().wait()
        raise StopAsyncIteration

    def response_bytes(self, status, headers, body):
        self.answer = (int(status), dict(headers), body)


def scope(**headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(
        http_version="1.1", server="127.0.0.1:80", client="[::1]:5000", scheme="http", method="POST",
        path="/面", query_string="a=1", authority=None, headers=named,
    )  # fmt: skip


def asked(line, *, wsgi=None, patience=None, **headers):
    def echo(environ, start_response):
        start_response("201 Created", [("X-Path", environ["PATH_INFO"])])
        return [environ["wsgi.input"].read()]

    asyncio.run(gated(wsgi or echo, patience=patience).__rsgi__(scope(**headers), line))
    return line.answer


def gated(wsgi, *, most=lambda method, path: MOST, patience=None):
    return Gate(wsgi, threads=1, most_bytes=most, most_light=MOST, folder=Path(gettempdir()), patience=patience)


def environ_of(line=None, **headers):
    seen = {}

    def note(environ, start_response):
        seen.update(environ)
        start_response("200 OK", [])
        return []

    asked(line or Line(), wsgi=note, **headers)
    return seen


def test_the_application_gets_the_whole_body_at_once():
    assert asked(Line(b"ab", b"cd"), content_length="4") == (201, {"x-path": "/é\x9d¢"}, b"abcd")


def test_a_body_that_comes_too_slowly_is_given_up():
    assert asked(Line(b"a", is_silent=True), patience=SHORT, content_length="900")[0] == 408


def test_a_body_that_is_said_to_be_too_large_is_never_read():
    line = Line(b"x" * 2000)
    assert asked(line, content_length="2000")[2] == b""
    assert line.chunks != []


def test_a_body_without_a_length_is_given_up_where_it_becomes_too_large():
    assert asked(Line(b"x" * 600, b"x" * 600), transfer_encoding="chunked")[0] == 413


def test_a_body_without_a_length_gets_one():
    assert environ_of(Line(b"abc"), transfer_encoding="chunked")["CONTENT_LENGTH"] == "3"


def test_more_waiting_bodies_than_there_is_room_for_are_sent_away():
    assert asked(Line(b"abc"), patience=Patience(most_waiting=2), content_length="3")[0] == 503


def test_a_name_with_an_underscore_cannot_pass_for_another_one():
    made = scope()
    made.headers = {"x_forwarded_for": "1.2.3.4", "x-request-id": "1"}
    line, seen = Line(), {}

    def note(environ, start_response):
        seen.update(environ)
        start_response("200 OK", [])
        return []

    asyncio.run(gated(note).__rsgi__(made, line))
    assert ("HTTP_X_FORWARDED_FOR" in seen, seen["HTTP_X_REQUEST_ID"]) == (False, "1")


@pytest.mark.parametrize(
    ("key", "value"),
    [("REMOTE_ADDR", "::1"), ("QUERY_STRING", "a=1"), ("SERVER_PORT", "80"), ("REQUEST_METHOD", "POST")],
)
def test_the_application_is_told_who_asks_for_what(key, value):
    assert environ_of()[key] == value


def test_what_the_application_raises_is_nobodys_to_see(caplog):
    def broken(environ, start_response):
        raise RuntimeError("secret")

    assert (asked(Line(), wsgi=broken)[0], asked(Line(), wsgi=broken)[2]) == (500, b"")
    assert "the application failed" in caplog.text


def test_of_an_answer_that_breaks_off_nothing_is_sent():
    def broken(environ, start_response):
        start_response("200 OK", [("Content-Length", "20")])
        yield b"the first half"
        raise RuntimeError("the second does not open")

    status, headers, body = asked(Line(), wsgi=broken)
    assert (status, "content-length" in headers, body) == (500, False, b"")


def test_a_body_that_the_disk_has_no_room_for_is_refused_as_such(monkeypatch):
    def full(file, chunk):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(PassingFile, "write", full)
    assert asked(Line(b"ab"), content_length="2")[0] == 507


def test_what_may_bring_pictures_holds_no_thread_of_the_others():
    judged, threads = threading.Event(), []

    def app(environ, start_response):
        threads.append(threading.current_thread().name.rpartition("_")[0])
        if environ["PATH_INFO"] == "/join":
            judged.wait(60)
        else:
            judged.set()
        start_response("200 OK", [])
        return []

    gate = gated(app, most=lambda method, path: 9000 if path == "/join" else MOST)

    async def all_at_once():
        heavy = [asyncio.create_task(gate.__rsgi__(at("/join"), Line(b"x"))) for _ in range(3)]
        await gate.__rsgi__(at("/answer"), Line(b"x"))
        await asyncio.gather(*heavy)

    asyncio.run(all_at_once())
    assert (threads.count("pictures"), threads.count("web")) == (3, 1)


def at(path):
    asked_for = scope(content_length="1")
    asked_for.path = path
    return asked_for


BETWEEN, BLOCK = "no-such-line", 64 * 1024


def a_large_file():
    """As large as one may be, in the chunks in which it comes."""
    head = f'--{BETWEEN}\r\nContent-Disposition: form-data; name="paper"; filename="证.jpg"\r\n\r\n'
    return [head.encode(), *[bytes(BLOCK)] * (MOST_BYTES // BLOCK), f"\r\n--{BETWEEN}--\r\n".encode()]


def test_of_a_file_as_large_as_one_may_be_next_to_nothing_is_in_memory(tmp_path):
    app = Flask("small")
    limits.init_app(app, tmp_path)
    app.extensions["famai"] = SimpleNamespace(files_url=tmp_path.as_uri())

    @app.post("/paper")
    @limits.takes_files()
    def take():
        return str(sum(map(len, iter(partial(request.files["paper"].stream.read, BLOCK), b""))))

    made, line = at("/paper"), Line(*a_large_file())
    made.headers = {"content-type": f"multipart/form-data; boundary={BETWEEN}", "transfer-encoding": "chunked"}
    gate = gated(app, most=partial(limits.most_bytes, app))
    tracemalloc.start()
    try:
        asyncio.run(gate.__rsgi__(made, line))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert int(line.answer[2]) == MOST_BYTES
    assert peak < MOST_BYTES / 5
