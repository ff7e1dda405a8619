"""PostgreSQL, PgBouncer and nginx as an operator has them, on loopback, each in a folder of its own; no service of the
machine's is touched. As root they run as another user, because they refuse to be root."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg
import pytest

from tests.patience import until
from tests.places import ROOT
from tests.ports import free_port

OTHER = "postgres"  # the user that the servers run as when the tests are root
_BINS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)


def needs(*programs):
    """A test of programs that the product does not bring: left out at a desk that has not got them, never in CI."""
    missing = [one for one in programs if not (_BINS if one == "postgresql" else shutil.which(one))]
    return pytest.mark.skipif(bool(missing) and "CI" not in os.environ, reason=f"not here: {', '.join(missing)}")


def _as_other():
    return {"user": OTHER, "group": OTHER} if os.geteuid() == 0 else {}


def _hand_over(*places):
    if os.geteuid() == 0:
        for place in places:
            shutil.chown(place, OTHER, OTHER)


def bin_of(name):
    """A program of the newest PostgreSQL that the machine has."""
    return str(_BINS[0].parent / name)


@contextmanager
def folder():
    """A folder that the other user may enter."""
    place = Path(tempfile.mkdtemp(prefix="famai-production-"))
    place.chmod(0o755)
    _hand_over(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def wait_for(found):
    """What `found` returns once it is something; an OSError or a refused line is not yet."""

    def there():
        with suppress(OSError, psycopg.OperationalError):
            return found()

    return until(there)


def is_open(port):
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


@contextmanager
def running(*command, ends=signal.SIGTERM, **given):
    """A process that is asked to end, by its own signal, and made to after a while."""
    process = subprocess.Popen([str(part) for part in command], **given)
    try:
        yield process
    finally:
        process.send_signal(ends)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


PASSWORD = "super-secret-1"


def init_postgres(place):
    """A new data folder whose lines by TCP need a password."""
    (place / "pw").write_text(PASSWORD, encoding="ascii")
    (place / "pw").chmod(0o600)
    _hand_over(place / "pw")
    command = [bin_of("initdb"), "-D", place / "db", "-U", "postgres", "-A", "scram-sha-256", "--pwfile", place / "pw"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=place, **_as_other())


@contextmanager
def postgres(data, port, *options):
    """The server of a data folder; stopped at once when it is over, whoever is still connected. It is killed and never
    loses its power, so it does not wait for the disk."""
    log = (data.parent / f"{data.name}.log").open("ab")
    command = [bin_of("postgres"), "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    command += ["-c", f"unix_socket_directories={data.parent}", *options]
    given = {"stdout": log, "stderr": log, "cwd": data.parent, **_as_other()}
    with running(*command, ends=signal.SIGINT, **given) as process:
        wait_for(lambda: psycopg.connect(superuser(port), connect_timeout=2).close() is None)
        yield process


def superuser(port, host="127.0.0.1"):
    return f"postgresql://postgres:{PASSWORD}@{host}:{port}/postgres"


def archives(place, port):
    """The settings of `deploy/` by which the server of this folder archives its WAL; returns pgBackRest's file."""
    text = (ROOT / "deploy/pgbackrest.conf").read_text(encoding="utf-8")
    folders = "".join(f"{name}-path={place}/{name}\n" for name in ("lock", "log", "spool"))
    for was, now in {
        "[global]\n": f"[global]\n{folders}",
        "/var/lib/pgbackrest": f"{place}/repository",
        "/var/lib/postgresql/15/main": f"{place}/db",
        "pg1-port=5432": f"pg1-port={port}\npg1-socket-path={place}",
    }.items():
        assert was in text, was
        text = text.replace(was, now)
    (place / "pgbackrest.conf").write_text(text, encoding="utf-8")
    for name in ("lock", "log", "spool", "repository"):
        (place / name).mkdir()
        _hand_over(place / name)
    with (place / "db/postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write((ROOT / "deploy/postgresql-archive.conf").read_text(encoding="utf-8"))
    return place / "pgbackrest.conf"


def as_postgres(words, env):
    """A command of the database server's own user."""
    done = subprocess.run(words, env=env, cwd="/", capture_output=True, text=True, **_as_other())
    assert done.returncode == 0, (words, done.stdout, done.stderr)


def standby(place, port):
    """A copy of the server at this port, which follows it once it is started."""
    command = [bin_of("pg_basebackup"), "-D", place, "-R", "-X", "stream", "-c", "fast", "-d", superuser(port)]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=place.parent, **_as_other())


def promote(data):
    command = [bin_of("pg_ctl"), "promote", "-D", str(data), "-w"]
    subprocess.run(command, check=True, capture_output=True, cwd=data.parent, **_as_other())


@contextmanager
def pgbouncer(place, userlist, database_port, port):
    """PgBouncer by `deploy/pgbouncer.ini`, in which names of machines became loopback."""
    text = (ROOT / "deploy/pgbouncer.ini").read_text(encoding="utf-8")
    for was, now in {
        "host=db port=5432": f"host=127.0.0.1 port={database_port}",
        "listen_addr = 0.0.0.0": "listen_addr = 127.0.0.1",
        "listen_port = 6432": f"listen_port = {port}",
        "/run/secrets/userlist.txt": str(userlist),
        "unix_socket_dir = /tmp": f"unix_socket_dir = {place}",
    }.items():
        assert was in text, was
        text = text.replace(was, now)
    (place / "pgbouncer.ini").write_text(text, encoding="utf-8")
    _hand_over(userlist)
    log = (place / "pgbouncer.log").open("ab")
    with running("pgbouncer", place / "pgbouncer.ini", stdout=log, stderr=log, cwd=place, **_as_other()):
        wait_for(lambda: is_open(port))
        yield


def certificate(place):
    """A certificate for loopback and its key."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", place / "privkey.pem", "-out", place / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    return place / "fullchain.pem"


@contextmanager
def nginx(place, web_port, port):
    """nginx by `deploy/nginx.conf`, on other ports."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for was, now in {
        "listen 80 default_server": f"listen 127.0.0.1:{free_port()} default_server",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{web_port}",
        "/etc/famai/tls": str(place),
        "/var/log/nginx": str(place),
        "/run/nginx.pid": str(place / "nginx.pid"),
    }.items():
        assert was in text, was
        text = text.replace(was, now)
    (place / "nginx.conf").write_text(text, encoding="utf-8")
    log = (place / "nginx.log").open("ab")
    with running("nginx", "-c", place / "nginx.conf", "-g", "daemon off;", stdout=log, stderr=log):
        wait_for(lambda: is_open(port))
        yield


class Gateway(ThreadingHTTPServer):
    """An SMS gateway on loopback: it keeps what it was sent, as (path, headers, body)."""

    def __init__(self):
        self.taken, self.says = [], {"Code": "OK"}
        super().__init__(("127.0.0.1", 0), _Taking)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/send"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.taken.append((self.path, dict(self.headers), body.decode()))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(self.server.says).encode())

    def log_message(self, *_):
        """Nothing: a test reads `taken`."""
