"""A fault that is reported says what failed and where; nothing that people wrote leaves with it."""

import gzip
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import brotli
import pytest
import sentry_sdk
from flask import Flask, request

from webapp.logs import report_errors

SEARCHED, TYPED, COOKIE, PASSWORD = "wang@noodle.example", "王记面馆 13800138000", "session-cookie-1", "hunter2"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        self.server.taken.append(unpack(body).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def reports(monkeypatch):
    """What a Sentry on loopback is sent; reporting ends with the test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taking)
    server.taken = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("sys.argv", ["famai", "setup", "new", "--as", f"postgresql://postgres:{PASSWORD}@db/postgres"])
    report_errors(SimpleNamespace(sentry_dsn=f"http://key@127.0.0.1:{server.server_port}/1", environment="production"))
    yield server.taken
    sentry_sdk.init()
    server.shutdown()
    server.server_close()


def test_a_fault_of_a_page_is_reported_without_what_was_sent(reports):
    app = Flask("reported")

    @app.post("/lawyer/find")
    def find():
        words = request.form["words"]
        logging.getLogger("famai").warning("looking for %s", words)
        raise RuntimeError(f"duplicate key: {words}")

    client = app.test_client()
    client.set_cookie("session", COOKIE)
    client.post(f"/lawyer/find?q={SEARCHED}", data={"words": TYPED})
    sentry_sdk.flush()
    said = "".join(reports)
    assert "RuntimeError" in said
    assert "test_error_reports" in said
    assert [
        secret
        for secret in (SEARCHED, *TYPED.split(), COOKIE, PASSWORD)
        if secret in said or json.dumps(secret)[1:-1] in said
    ] == []


def test_an_error_that_is_logged_is_reported_by_its_sentence_alone(reports):
    logging.getLogger("famai").error("no mail to %s", SEARCHED)
    sentry_sdk.flush()
    said = "".join(reports)
    assert "no mail to %s" in said
    assert SEARCHED not in said
