"""Calls to the world that end at their deadline as a whole, however slowly the other side speaks."""

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Reach = Callable[[str], bool]  # whether somebody may be called at this address


class _CutInTime:
    """What has a line that is cut after `seconds`; what waits for it then fails at once."""

    sock: socket.socket | None
    seconds: float
    was_cut = False

    def begin(self) -> None:
        self._cutter = threading.Timer(self.seconds, self._cut)
        self._cutter.daemon = True
        self._cutter.start()

    def _cut(self) -> None:
        self.was_cut = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None is caught

    def close(self) -> None:
        if cutter := getattr(self, "_cutter", None):
            cutter.cancel()
        super().close()  # type: ignore[misc]  # beside what has the line


class Smtp(_CutInTime, smtplib.SMTP):
    """A mail server, told all within `seconds`; `timeout` is of one reply."""

    def __init__(self, host: str, port: int, *, seconds: float, **given: Any) -> None:
        self.seconds = seconds
        self.begin()
        super().__init__(host, port, **given)


class SmtpOverTls(_CutInTime, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""

    def __init__(self, host: str, port: int, *, seconds: float, **given: Any) -> None:
        self.seconds = seconds
        self.begin()
        super().__init__(host, port, **given)


class _CallEndsInTime(_CutInTime):
    """A connection whose line is cut at its deadline; what waits for it then fails at once."""

    may_reach: Reach

    def _new_conn(self) -> socket.socket:
        """A line on which nothing has been said yet. Raises: OSError where nobody may be called, whatever its name."""
        line: socket.socket = super()._new_conn()  # type: ignore[misc]  # as below
        if not self.may_reach(str(line.getpeername()[0])):
            line.close()
            raise PermissionError("no party is called there")
        return line

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]  # beside a connection of urllib3
        self.begin()

    def getresponse(self) -> Any:
        """What ended at our cut is no answer, though its headers read as if they had come to their end."""
        answer = super().getresponse()  # type: ignore[misc]  # as above
        if self.was_cut:
            raise TimeoutError
        return answer


class _Plain(_CallEndsInTime, HTTPConnection):
    pass


class _Secure(_CallEndsInTime, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    def __init__(self, seconds: float, may_reach: Reach) -> None:
        self._held = {"seconds": seconds, "may_reach": staticmethod(may_reach)}
        super().__init__()

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        super().init_poolmanager(*args, **given)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._bound(HTTPConnectionPool, _Plain),
            "https": self._bound(HTTPSConnectionPool, _Secure),
        }

    def _bound(self, pool: type, connection: type) -> type:
        bound = type(connection.__name__, (connection,), self._held)
        return type(pool.__name__, (pool,), {"ConnectionCls": bound})


def anywhere(_address: str) -> bool:
    return True


@contextmanager
def in_time(seconds: float, may_reach: Reach = anywhere) -> Iterator[requests.Session]:
    """A session each of whose calls ends after so long, its answer included."""
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter(seconds, may_reach))
        yield session
