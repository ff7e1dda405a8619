"""Whether an installation is fit for a city, point by point, in words for whoever sets it up."""

import shutil
import smtplib
import socket
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg

from tenants import clock
from tenants.database import configure, conninfo
from tenants.files import read_file, remove_file, write_file
from webapp import migrating
from webapp.operating.reception import is_missing
from webapp.operating.roles import faults_of_roles
from webapp.operating.signing import signing_certificate
from webapp.operating.tools import NoTool, tool_for
from webapp.outside.mail import connect
from webapp.settings import Settings

_LEAST_VERSION = 15
_LEAST_FREE = 5 * 1024**3  # bytes: a backup, a rendered report, a log that grows
_MOST_APART = 5.0  # seconds between this clock and the database's
_SECONDS = 5.0
_LEAST_DAYS = 30  # of a certificate: time to get another


@dataclass(frozen=True)
class Point:
    """One thing that was looked at; `fault` is empty where all is well."""

    name: str
    fault: str = ""
    note: str = ""


def check_installation(settings: Settings) -> Iterator[Point]:
    """Every point, in the order in which they are mended: what leads to the database first."""
    yield _environment(settings)
    yield Point("secrets", note="strong, and two")  # weak ones never become settings
    reached = _database(settings)
    yield reached
    if not reached.fault:
        yield from _inside(settings)
    for name, look in _BESIDE.items():
        yield _looked(name, lambda look=look: look(settings))  # type: ignore[misc]  # bound now, called once


def _looked(name: str, look: Callable[[], str]) -> Point:
    """What `look` says is wrong, or what stopped it."""
    try:
        return Point(name, look())
    except (OSError, ValueError, psycopg.Error, smtplib.SMTPException, subprocess.SubprocessError) as error:
        return Point(name, f"{type(error).__name__}: {error}".strip().splitlines()[0])


def _environment(settings: Settings) -> Point:
    fault = "development: set FAMAI_ENVIRONMENT=production" if settings.is_development else ""
    return Point("environment", fault)


def _database(settings: Settings) -> Point:
    try:
        with psycopg.connect(conninfo(settings.database_url)) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return Point("database", f"not reached: {str(error).strip().splitlines()[0]}")
    fault = f"PostgreSQL {version}; at least {_LEAST_VERSION} is needed" if version < _LEAST_VERSION else ""
    return Point("database", fault, f"PostgreSQL {version}")


def _inside(settings: Settings) -> Iterator[Point]:
    """What is asked of the database itself."""
    yield _looked("roles", lambda: _roles(settings))
    yield _looked("schema", lambda: _schema(settings))
    yield _looked("reception", lambda: _reception(settings))
    yield _looked("worker's line", lambda: _worker_line(settings))
    yield _looked("backup tools", lambda: _tools(settings))
    yield _looked("clock", lambda: _clock(settings))


def _roles(settings: Settings) -> str:
    return "; ".join(faults_of_roles(settings.lines, settings.admin_database_url, settings.backup_database_url))


def _schema(settings: Settings) -> str:
    try:
        migrating.check(settings.admin_database_url)
    except migrating.SchemaFault as fault:
        return fault.differences[0]
    return ""


def _reception(settings: Settings) -> str:
    """Only asked once the schema is there."""
    if _schema(settings):
        return ""
    configure(settings.lines)
    return "owners cannot begin before they choose a firm: run famai migrate" if is_missing() else ""


def _worker_line(settings: Settings) -> str:
    """A pooler in transaction mode forgets who listens, and refuses the role that the worker asks for."""
    if settings.has_pooler and not settings.worker_url:
        return "behind a pooler the worker needs FAMAI_WORKER_DATABASE_URL, past it"
    with psycopg.connect(conninfo(settings.worker_lines.privileged), autocommit=True) as connection:
        connection.execute("LISTEN famai_setup")
        connection.execute("NOTIFY famai_setup")
        heard = next(connection.notifies(timeout=_SECONDS, stop_after=1), None)
    return "" if heard else "notices do not come through: is a pooler on the way?"


def _tools(settings: Settings) -> str:
    try:
        tool_for(settings.admin_database_url, "pg_dump")
    except NoTool as missing:
        return str(missing)
    return ""


def _clock(settings: Settings) -> str:
    with psycopg.connect(conninfo(settings.worker_lines.privileged)) as connection:
        (theirs,) = connection.execute("SELECT clock_timestamp()").fetchone() or (clock.now(),)
    apart = abs((clock.now() - theirs).total_seconds())
    return f"{apart:.0f} s apart from the database's" if apart > _MOST_APART else ""


def _mail(settings: Settings) -> str:
    """The server is greeted and logged in to; nothing is sent."""
    if not settings.smtp_url:
        return "no channel: set FAMAI_SMTP_URL and FAMAI_MAIL_FROM"
    if "@" not in settings.mail_from:
        return "FAMAI_MAIL_FROM is no address"
    with connect(settings.smtp_url) as server:
        code, said = server.noop()
    return "" if code < 400 else said.decode(errors="replace")


def _sms(settings: Settings) -> str:
    """The gateway is reached; nothing is sent."""
    if not settings.sms_url:
        return "no channel: set FAMAI_SMS_URL; phones get no codes"
    parts = urlsplit(settings.sms_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with socket.create_connection((parts.hostname or "", port), timeout=_SECONDS):
        return ""


def _proxy(settings: Settings) -> str:
    if not settings.public_url.startswith("https://"):
        return f"FAMAI_PUBLIC_URL={settings.public_url} is not https://…"
    if not settings.trusted_proxies:
        return "set FAMAI_TRUSTED_PROXIES, or the whole city is one visitor to every limit"
    return ""


def _disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir).free
    return f"{free // 1024**2} MiB free in {settings.data_dir}" if free < _LEAST_FREE else ""


def _files(settings: Settings) -> str:
    """The file store takes, gives back and forgets."""
    name, content = f"setup/{uuid.uuid4().hex}", b"famai"
    write_file(settings.files_url, name, content)
    try:
        return "" if read_file(settings.files_url, name) == content else "gives back other bytes than it took"
    finally:
        remove_file(settings.files_url, name)


def _signing(settings: Settings) -> str:
    """Papers are signed by a certificate that still runs."""
    certificate = signing_certificate(settings)
    if certificate is None:
        return "no certificate: set FAMAI_SIGNING_CERTIFICATE; reports are not signed"
    left = (certificate.own.not_valid_after_utc - clock.now()).days
    return f"the certificate ends in {left} days" if left < _LEAST_DAYS else ""


def _fonts(settings: Settings) -> str:
    """Reports are set in a Chinese font that fontconfig finds."""
    listing = shutil.which("fc-list")
    if listing is None:
        return "fontconfig is missing"
    found = subprocess.run([listing, ":lang=zh-cn", "family"], capture_output=True, text=True, check=True)  # noqa: S603
    return "" if found.stdout.strip() else "no Chinese font: install fonts-noto-cjk"


_BESIDE: dict[str, Callable[[Settings], str]] = {
    "mail": _mail,
    "sms": _sms,
    "proxy": _proxy,
    "disk": _disk,
    "files": _files,
    "fonts": _fonts,
    "signing": _signing,
}
