"""The gate before the threads: what it reads, what it gives up, what it hands on."""

import asyncio
import errno
import threading
from tempfile import SpooledTemporaryFile
from types import SimpleNamespace

import pytest

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

    gate = Gate(wsgi or echo, threads=1, most_bytes=lambda method, path: MOST, most_light=MOST, patience=patience)
    asyncio.run(gate.__rsgi__(scope(**headers), line))
    return line.answer


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

    asyncio.run(Gate(note, threads=1, most_bytes=lambda method, path: MOST, most_light=MOST).__rsgi__(made, line))
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


def test_a_body_that_the_disk_has_no_room_for_is_refused_as_such(monkeypatch):
    class Full(SpooledTemporaryFile):
        def write(self, chunk):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("webapp.edge.gate.tempfile.SpooledTemporaryFile", Full)
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

    gate = Gate(app, threads=1, most_bytes=lambda method, path: 9000 if path == "/join" else MOST, most_light=MOST)

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
