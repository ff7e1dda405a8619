"""Calls to the world that end at their deadline as a whole, however slowly the other side speaks.

Whoever calls, calls by this: parties, gateways of texts, mail, Stripe, the provider of single sign-on. The clock runs
from the line on, before anything is said on it; only the name is looked up before, in the time that the system gives.
"""

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

_PART = 8_192  # bytes
Reach = Callable[[str], bool]  # whether somebody may be called at this address


class _CutInTime:
    """What has a line that is cut after `seconds`; what waits for it then fails at once."""

    seconds: float
    was_cut = False

    def begin(self, line: socket.socket) -> None:
        """The line as it is before any TLS: what is put around it later is cut with it."""
        self._line = line.dup()
        self._cutter = threading.Timer(self.seconds, self._cut)
        self._cutter.daemon = True
        self._cutter.start()

    def _cut(self) -> None:
        self.was_cut = True
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if cutter := getattr(self, "_cutter", None):
            cutter.cancel()
            self._line.close()
        super().close()  # type: ignore[misc]  # beside what has the line


class _Line(smtplib.SMTP):
    """Stands beneath TLS, where there is any."""

    begin: Callable[[socket.socket], None]

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # smtplib's own hook
        self.begin(line)
        return line


class Smtp(_CutInTime, _Line):
    """A mail server, told all within `seconds`; `timeout` is of one reply."""

    def __init__(self, host: str, port: int, *, seconds: float, **given: Any) -> None:
        self.seconds = seconds
        super().__init__(host, port, **given)


class SmtpOverTls(_CutInTime, smtplib.SMTP_SSL, _Line):
    """The same, over TLS from the first byte."""

    def __init__(self, host: str, port: int, *, seconds: float, **given: Any) -> None:
        self.seconds = seconds
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
        self.begin(line)
        return line

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
        end_in_time(session, seconds, may_reach)
        yield session


def read_at_most(answer: requests.Response, most: int) -> bytes:
    """What a call with `stream=True` was answered, unpacked. Raises: requests.RequestException beyond `most` bytes."""
    with answer:
        found = bytearray()
        for part in answer.iter_content(_PART):
            found += part
            if len(found) > most:
                raise requests.exceptions.ContentDecodingError("the answer is too long")
        return bytes(found)


def end_in_time(session: requests.Session, seconds: float, may_reach: Reach = anywhere) -> None:
    """The same for a session that somebody else has made for a call or two: its lines end after so long."""
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(seconds, may_reach))
