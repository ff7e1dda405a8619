"""A filled demo city, and one that is only opened, made once for a state of the code: every worker of a run, and the
next run, copies them."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from argon2 import PasswordHasher

from demo import city as demo_city
from tenants import database
from tenants.login import credentials
from tests.places import ROOT
from webapp import migrating
from webapp.settings import Settings, stand_clock

_MADE_OF = ("tenants", "checkup", "billing", "bureau", "cloud", "webapp", "demo", "migrations", "translations")
_KINDS = (".py", ".yaml", ".sql", ".po")
_KEPT = 8  # the newest; a folder is about a hundred megabytes


def weaken_hashes() -> None:
    """Hundreds log in; the strength of what is shipped is the library's to prove. Checked as they were hashed."""
    credentials._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def copy_city(target: Path, *, kind: str = "filled") -> None:
    """A city nobody has worked in, in a folder that is empty or not there yet. `opened`: its firms are there, and
    nobody has come."""
    store = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "famai-tests"
    store.mkdir(parents=True, exist_ok=True)
    kept = store / f"city-{_state_of_code()}-{kind}"
    with _alone(store / "lock"):
        if not kept.exists():
            _make(kept, kind)
        kept.touch()
        for old in sorted(store.glob("city-*"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old)
        _copy(kept, target)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _state_of_code() -> str:
    """Whatever could fill a city otherwise: the code, its data and libraries, Python, the city's clock."""
    digest = hashlib.sha256(f"{sys.version} {os.environ['FAMAI_NOW']}".encode())
    files = (file for room in _MADE_OF for file in (ROOT / room).rglob("*") if file.suffix in _KINDS)
    for file in sorted((*files, ROOT / "requirements.lock", Path(__file__))):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:20]


def _make(kept: Path, kind: str) -> None:
    """In a process of its own, whose end stops the server; in its place once it is whole."""
    made, half = Path(tempfile.mkdtemp(prefix="famai-city-")), kept.with_name(f"half-{kept.name}")
    try:
        subprocess.run([sys.executable, "-m", "tests.filled_city", made, kind], cwd=ROOT, check=True)
        shutil.rmtree(half, ignore_errors=True)
        _copy(made, half)
        half.rename(kept)
    finally:
        shutil.rmtree(made)


def _copy(source: Path, target: Path) -> None:
    """With the owner of each file: as root the embedded server is another user."""
    subprocess.run(["cp", "-aT", "--", source, target], check=True)


def _open(folder: Path) -> None:
    made = Settings.from_env({"FAMAI_DATA_DIR": str(folder)})
    migrating.migrate(made.admin_database_url)
    database.configure(made.lines)
    demo_city.open_city(made)
    database.dispose()


def _fill(folder: Path) -> None:
    made = Settings.from_env({"FAMAI_DATA_DIR": str(folder)})
    with psycopg.connect(made.admin_database_url, autocommit=True) as connection:
        # Nobody pulls the plug of this server, and no copy of it lives long enough to be cleaned.
        for promise in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {promise} = off")
        connection.execute("SELECT pg_reload_conf()")
        migrating.migrate(made.admin_database_url)
        database.configure(made.lines)
        list(demo_city.fill(made, seed=7))
        database.dispose()
        # Bodies take as many matters as a module's tests hand them; a test of the limit sets one.
        connection.execute("UPDATE provider SET capacity = 0")
        # The demo's own letters and PDFs: half a minute in each module that runs the worker, and no test's subject.
        connection.execute("TRUNCATE procrastinate_jobs CASCADE")
        connection.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    stand_clock(os.environ["FAMAI_NOW"])
    weaken_hashes()
    {"filled": _fill, "opened": _open}[sys.argv[2]](Path(sys.argv[1]))
