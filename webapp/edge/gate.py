"""The gate of a web process: a thread works on a request once its body is there, and never waits for a visitor.

The server reads bodies on its event loop. A body that comes too slowly is given up, one larger than its view takes is
not read at all. The answer is written whole by the thread, so that whoever reads slowly holds no thread either.
"""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from tenants.passing_files import PassingFile

_PATIENT = 19
_CLOSE = ("connection", "close")
_PLAIN = ("content-type", "text/plain; charset=utf-8")
_log = logging.getLogger("famai.gate")
_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Scope(Protocol):
    """What the server tells of a request (RSGI)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Any: ...


class _Line(Protocol):
    """The way to the visitor and back (RSGI)."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


@dataclass(frozen=True)
class Patience:
    """A body must be there after `seconds` and one second more for each `least_rate` bytes that came.

    `most_waiting`: bytes of bodies that may wait at once; beyond it the next one is sent away.
    """

    seconds: float = 30.0
    least_rate: int = 4 * 1024
    most_waiting: int = 512 * 1024 * 1024


class _TooSlow(Exception):
    pass


class _TooLarge(Exception):
    pass


class _TooMany(Exception):
    pass


class _NoRoom(Exception):
    """The disk takes no more of a body."""


_REFUSALS: dict[type[Exception], HTTPStatus] = {
    _TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    _TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    _TooMany: HTTPStatus.SERVICE_UNAVAILABLE,
    _NoRoom: HTTPStatus.INSUFFICIENT_STORAGE,
}


class Gate:
    """A WSGI application behind the server's asynchronous side. `most_bytes(method, path)`: of a body there.

    A body for a view that takes more than `most_light` may bring pictures, which are long in judging however small they
    look: such a request waits for the one thread that judges them, which steps back for all others.
    """

    def __init__(
        self,
        wsgi: _Wsgi,
        *,
        threads: int,
        most_bytes: Callable[[str, str], int],
        most_light: int,
        folder: Path,
        patience: Patience | None = None,
    ) -> None:
        self._wsgi, self._most_bytes, self._most_light, self._folder = wsgi, most_bytes, most_light, folder
        self._patience = patience or Patience()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._heavy = ThreadPoolExecutor(1, thread_name_prefix="pictures", initializer=_step_back)
        self._waiting = 0

    async def __rsgi__(self, scope: _Scope, line: _Line) -> None:
        headers = _headers(scope)
        with PassingFile(self._folder) as body:
            try:
                size = await self._read(scope, headers, line, body)
            except (_TooSlow, _TooLarge, _TooMany, _NoRoom) as refused:
                status = _REFUSALS[type(refused)]
                line.response_bytes(status, [_PLAIN, _CLOSE], status.phrase.encode())
                return
            environ = _environ(scope, headers, body, size)
            is_heavy = size > 0 and self._most_bytes(scope.method, scope.path) > self._most_light
            threads, loop = self._heavy if is_heavy else self._threads, asyncio.get_running_loop()
            try:
                status_code, sent, content = await loop.run_in_executor(threads, _run, self._wsgi, environ)
            finally:
                self._waiting -= size
        line.response_bytes(status_code, sent, content)

    async def _read(self, scope: _Scope, headers: Mapping[str, str], line: _Line, body: PassingFile) -> int:
        """Fill `body` and count it as waiting; returns its size. A body said to be too large is left unread.

        Raises: _TooSlow, _TooLarge, _TooMany, _NoRoom.
        """
        said = headers.get("CONTENT_LENGTH", "")
        is_long = "HTTP_TRANSFER_ENCODING" in headers
        if not is_long and said in ("", "0"):
            return 0
        most = self._most_bytes(scope.method, scope.path)
        if said.isdecimal() and int(said) > most:
            return 0  # the application sees what was said and refuses in its own words
        size = 0
        try:
            async for chunk in _in_time(line, self._patience):
                size += len(chunk)
                self._waiting += len(chunk)
                if size > most:
                    raise _TooLarge
                if self._waiting > self._patience.most_waiting:
                    raise _TooMany
                _put(body, chunk)
        except BaseException:
            self._waiting -= size
            raise
        body.seek(0)
        return size


def _put(body: PassingFile, chunk: bytes) -> None:
    """Raises: _NoRoom."""
    try:
        body.write(chunk)
    except OSError as error:
        _log.error("no room for a body: %s", error.strerror)
        raise _NoRoom from error


async def _in_time(line: _Line, patience: Patience) -> AsyncIterator[bytes]:
    """The chunks of a body. Raises: _TooSlow."""
    began, size, chunks = time.monotonic(), 0, aiter(line)
    while True:
        left = began + patience.seconds + size / patience.least_rate - time.monotonic()
        try:
            async with asyncio.timeout(max(left, 0.0)):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise _TooSlow from None
        size += len(chunk)
        yield chunk


def _headers(scope: _Scope) -> dict[str, str]:
    """As WSGI names them. A name with `_` could pass for one with `-` and is left out."""
    made: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        made[key] = f"{made[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in made else value
    if scope.authority:
        made.setdefault("HTTP_HOST", scope.authority)
    return made


def _environ(scope: _Scope, headers: dict[str, str], body: PassingFile, size: int) -> dict[str, Any]:
    if headers.pop("HTTP_TRANSFER_ENCODING", None) is not None:
        headers["CONTENT_LENGTH"] = str(size)
    host, _, port = scope.server.rpartition(":")
    return {
        **headers,
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host or "localhost",
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _step_back() -> None:
    """Whatever else wants to run does so first; on a system that knows no threads apart, they all are equal."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _PATIENT)


def _run(wsgi: _Wsgi, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    """The whole answer of the application; what it raises is logged, and is nobody's to see."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    written = list[bytes]()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        begun[:] = [(status, headers)]
        return written.append

    try:
        parts = wsgi(environ, start_response)
        try:
            written.extend(parts)
        finally:
            if (close := getattr(parts, "close", None)) is not None:
                close()
        status, headers = begun[0]
        return int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers], b"".join(written)
    except Exception:
        _log.exception("the application failed")
        return HTTPStatus.INTERNAL_SERVER_ERROR, [_PLAIN, _CLOSE], b""
