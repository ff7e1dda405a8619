"""Whole checkups through the application itself, without a server between: every page and post that an owner sends."""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask

from bench.load import Start, Walker, last_part


@dataclass(frozen=True)
class Walked:
    """What was done: checkups, answers, and bytes of pages."""

    checkups: int
    steps: int
    bytes: int


def walk_through(app: Flask, walker: Walker, starts: Sequence[Start]) -> Walked:
    """Answer each checkup to its end and hand it in. Raises: RuntimeError on any refusal."""
    steps = size = 0
    token = next(iter(walker.bodies.values())).split(b"&", 1)[0]
    for path, cookie in starts:
        checkup = path.split("/question/")[0]
        while "/question/" in path:
            path, _ = _ask(app, cookie, "POST", path, walker.bodies[last_part(path)])
            steps += 1
            if "/stop/" in path:  # what cannot wait is shown, then she goes on
                size += _ask(app, cookie, "GET", path)[1]
                path, _ = _ask(app, cookie, "GET", checkup)
            size += _ask(app, cookie, "GET", path)[1]
        onward, _ = _ask(app, cookie, "POST", f"{checkup}/submit", token)
        size += _ask(app, cookie, "GET", onward)[1]
    return Walked(len(starts), steps, size)


def _ask(app: Flask, cookie: str, method: str, path: str, body: bytes = b"") -> tuple[str, int]:
    """(where it leads to, bytes)."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _fault: object = None) -> object:
        begun.append((status, headers))
        return io.BytesIO().write

    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.split("?")[0], "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie, "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    parts = app(environ, start_response)  # type: ignore[arg-type]  # typed for what it does here
    try:
        size = sum(map(len, parts))
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = begun[-1]
    if status[0] not in "23":
        raise RuntimeError(f"{method} {path}: {status}")
    return dict(headers).get("Location", ""), size
