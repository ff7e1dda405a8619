"""After a database was brought back to an earlier instant: what was erased since then is erased there too.

Not only does it not open: its findings, names and files go as well, by the service that erased it, with the day and
reason of its receipt. Twice changes nothing.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import select

from checkup.cases.holding import ERASED
from checkup.cases.models import Checkup
from checkup.cases.share_ending import end_keyless
from checkup.owner.erasure import erase_checkup
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm, KeyCopy
from webapp import migrating
from webapp.operating.key_copies import Masters, NewestKeys, Receipt, opened_keys
from webapp.operating.keys_laid_in import write_laying_in
from webapp.operating.tools import run_script
from webapp.settings import Settings

# The owner of the tables is held back like everybody; for this one transaction it is not, and nobody else can look.
_UNBOUND = """SET client_min_messages = warning;
CREATE TEMP TABLE bound ON COMMIT DROP AS SELECT c.oid::regclass::text AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relforcerowsecurity;
DO $$ DECLARE one text; BEGIN
FOR one IN SELECT name FROM bound LOOP EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', one); END LOOP;
END $$;
"""
_BOUND = """DO $$ DECLARE one text; BEGIN
FOR one IN SELECT name FROM bound LOOP EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', one); END LOOP;
END $$;
"""


@dataclass(frozen=True)
class Again:
    """What was found open and is not any more. `was_older`: the database did not know the copy of keys."""

    was_older: bool
    keys: int
    cases: int
    links: int


def erase_again(settings: Settings, folder: Path, *, older: bytes | None = None) -> Again:
    """Make the keys of the city's database those of the folder's `keys.tar`, unless it is no older than they are, and
    erase what their receipts name. Nobody may work in the city meanwhile; the worker then finishes each erasure.

    Raises: BackupFault, NoTool, migrating.SchemaFault, OSError, psycopg.Error.
    """
    migrating.check(settings.admin_database_url)
    with opened_keys(folder, Masters(settings.master_key, older)) as keys:
        was_older, destroyed = not _knows(keys), 0
        if was_older:
            told = run_script(settings.admin_database_url, lambda out: _write_script(out, keys))
            destroyed = sum(map(int, told.split()))
        cases = sum(_erase(receipt) for receipt in keys.receipts())
        links = _end_links()
        if was_older:
            with unit_of_work(Scope(Audience.WORKER)) as work:
                work.add(KeyCopy(id=keys.id, at=keys.at))
        return Again(was_older, destroyed, cases, links)


def _knows(keys: NewestKeys) -> bool:
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return work.get(KeyCopy, keys.id) is not None


def _write_script(out: IO[bytes], keys: NewestKeys) -> None:
    out.write(_UNBOUND.encode())
    write_laying_in(out, keys)
    out.write(_BOUND.encode())


def _erase(receipt: Receipt) -> bool:
    """Whether the case was there and not erased."""
    with unit_of_work(Scope(Audience.WORKER, firm_id=receipt.firm_id)) as work:
        row = work.get(Checkup, (receipt.firm_id, receipt.checkup_id))
        if row is None or row.state == ERASED:
            return False
        erase_checkup(work, checkup_id=row.id, asked_by=receipt.asked_by, by=SYSTEM, now=receipt.at)
        return True


def _end_links() -> int:
    """Links that were ended since: without their half of a key they open nothing, and now they say so."""
    count = 0
    with unit_of_work(Scope(Audience.WORKER)) as work:
        firms = work.scalars(select(Firm.id).order_by(Firm.id)).all()
    for firm_id in firms:
        with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as work:
            count += end_keyless(work, firm_id=firm_id, now=now())
    return count
