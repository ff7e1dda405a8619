"""The business register as a process on loopback, and one in this process that errs or lies."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from demo.register_server import BUSINESSES
from tests.patience import PATIENCE, until
from tests.ports import free_port
from webapp.settings import BusinessRegister

TOKEN = "a-token-of-the-test"
CODE = "92310113R8A676TY7C"
NOODLES = BUSINESSES[CODE]
UNKNOWN = "91310115K8PBRNYT4X"


@contextmanager
def played_register():
    """Yields how to reach a fresh one."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.register_server", "--port", str(port)],
        env=os.environ | {"FAMAI_REGISTER_TOKEN": TOKEN},
    )
    url = f"http://127.0.0.1:{port}"

    def answers():
        assert process.poll() is None, "the register stopped"
        with suppress(requests.ConnectionError):
            return requests.post(url, json={}, timeout=PATIENCE).status_code

    try:
        until(answers)
        yield BusinessRegister(url, TOKEN)
    finally:
        process.kill()
        process.wait()


def of(**changed):
    """An answer about the noodle shop, with something else in it."""
    return json.dumps({"business": NOODLES | changed}).encode()


@contextmanager
def crooked_register(content=b"", status=200, *, location="", is_silent=False):
    """Yields how to reach one that always answers this, and what it was asked: bodies and headers."""
    asked, gone = [], threading.Event()

    class Crooked(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((json.loads(body), dict(self.headers)))
            if is_silent:
                gone.wait(PATIENCE)
                return
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(OSError):  # whoever asked has heard enough
                self.wfile.write(content)

        do_GET = do_POST

        def log_message(self, *_arguments):
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Crooked) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield BusinessRegister(f"http://127.0.0.1:{server.server_port}", TOKEN), asked
        finally:
            gone.set()
            server.shutdown()
