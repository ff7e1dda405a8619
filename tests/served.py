"""The city as a process of its own, killed and not asked when a test is over, and owners who answer there by HTTP."""

import http.client
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

from urllib3.filepost import encode_multipart_formdata

from tests.owners import DETAILS, first_choices
from tests.patience import PATIENCE, until
from tests.reading import as_read


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)


class Visitor:
    """A browser as plain as can be: one connection, one cookie jar."""

    def __init__(self, port):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = {}

    def ask(self, verb, path, fields=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._ask(verb, path, body, headers)

    def _ask(self, verb, path, body, headers):
        self.line.request(verb, path, body, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location"), as_read(answer.read().decode())

    def post(self, path, fields, page):
        return self.ask("POST", path, {**fields, "csrf_token": token_of(page)})

    def send_file(self, path, fields, page, **files):
        """The status of a form with files: name of the field = (name of the file, bytes)."""
        body, kind = encode_multipart_formdata({**fields, "csrf_token": token_of(page), **files})
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self._ask("POST", path, body, {"Cookie": cookies, "Content-Type": kind})[0]


def kill_session(process):
    """`kill -9` of a process and all that it has started."""
    os.killpg(process.pid, signal.SIGKILL)


def kill_database(folder):
    """`kill -9` of the embedded server of this folder."""
    os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


@contextmanager
def serving(folder, port, **env):
    """`famai serve` with its worker and its own database; killed, not asked, when the test is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve", "--demo", "--with-worker", "--port", str(port)],
        env=os.environ | {"FAMAI_DATA_DIR": str(folder)} | env,
        stdout=subprocess.DEVNULL,
        stderr=(folder.parent / "stderr.txt").open("a"),
        start_new_session=True,
    )

    def answers():
        assert process.poll() is None, "the server stopped"
        with suppress(OSError):
            return Visitor(port).ask("GET", "/healthz")[0] == 200

    until(answers)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # the test has done so
            kill_session(process)
        process.wait()


def answer_until(stopped, port, noted):
    """Answer question after question; note (cookies, page, value) of each one the server acknowledged."""
    visitor = Visitor(port)
    try:
        _, _, page = visitor.ask("GET", "/f/hubin/start")
        _, path, _ = visitor.post("/f/hubin/start", DETAILS, page)
        _, path, _ = visitor.ask("GET", path)
        while not stopped.is_set() and "/question/" in path:
            _, _, page = visitor.ask("GET", path)
            given = first_choices(page)
            status, following, _ = visitor.post(path, given, page)
            if status == 302:
                noted.append((dict(visitor.cookies), path, given["answer"]))
                path = following
    except (OSError, http.client.HTTPException, AttributeError):
        return  # the door was shut in her face: what was not acknowledged does not count
