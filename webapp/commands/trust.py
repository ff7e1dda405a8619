"""`famai audit …` and `famai keys …`: proof that the log is whole, and new keys for old."""

import base64
import secrets
import sys

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.key_rotation import rewrap_firm, rewrap_master
from checkup.cases.sealing import Keyring
from tenants import audit
from tenants.clock import now
from tenants.database import Audience, Scope, configure, enter_scope, unit_of_work
from tenants.login import throttle
from tenants.models import Firm
from tenants.sealing import fingerprint
from webapp.commands import typed
from webapp.migrating import admin_engine
from webapp.registry import register_models
from webapp.settings import Settings, read_master_key


@click.group("audit")
def audit_group() -> None:
    """The hash-chained logs."""


@audit_group.command()
@click.option("--firm", type=typed.WORD, help="Only the firm with this slug.")
def verify(firm: str | None) -> None:
    """Recompute every firm's chain; exit 1 and name each entry that was removed or altered."""
    configure(Settings.from_env().lines)
    faults, count = list[str](), 0
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        query = select(Firm.id, Firm.slug).order_by(Firm.slug)
        for firm_id, slug in session.execute(query if firm is None else query.where(Firm.slug == firm)).tuples():
            count += 1
            found = audit.verify_chain(session, firm_id)
            faults += [f"{slug}: entry {fault.number} was {fault.what}" for fault in found]
    for line in faults:
        click.echo(line, err=True)
    if faults:
        sys.exit(1)
    click.echo(f"{count} logs are whole")


@click.group()
def keys() -> None:
    """Rotate keys; answers stay sealed as they are, only the wrappings change."""


@keys.command("rotate-firm")
@click.argument("slug", type=typed.WORD)
def rotate_firm(slug: str) -> None:
    """Give a firm a new key and wrap all its cases by it, in one transaction."""
    settings = Settings.from_env()
    register_models()
    configure(settings.lines)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        count = _rotate_firm(session, settings.keyring(), slug)
    click.echo(f"{slug}: new key, {count} keys wrapped anew; take a new backup now")


def _rotate_firm(work: Session, keyring: Keyring, slug: str) -> int:
    firm = work.scalars(select(Firm).where(Firm.slug == slug).with_for_update()).one_or_none()
    if firm is None or firm.wrapped_key is None:
        raise click.ClickException(f"{slug}: no firm with a key has this slug")
    was, becomes = firm.wrapped_key, keyring.new_firm_key(str(firm.id))
    firm.wrapped_key = becomes
    work.flush()
    enter_scope(work, Scope(Audience.WORKER, firm_id=firm.id))
    count = rewrap_firm(work, firm_id=firm.id, was=was, becomes=becomes, keys=keyring)
    audit.note(work, firm_id=firm.id, act="firm.rotated", by=audit.SYSTEM)
    return count


@keys.command("rotate-master")
@click.option(
    "--new", "new_key", envvar="FAMAI_NEW_MASTER_KEY", type=typed.SECRET, required=True, help="The new master key."
)
def rotate_master(new_key: str) -> None:
    """Seal by the new master key all that the old one sealed; then set FAMAI_MASTER_KEY to it and restart."""
    settings = Settings.from_env()
    register_models()
    # As the owner of the tables: no audience reads all that the master key seals.
    with Session(admin_engine(settings.admin_database_url)) as session, session.begin():
        old, new = settings.keyring().master, read_master_key(new_key)
        count = rewrap_master(session, old=old, new=new)
    click.echo(f"{count} firms wrapped by the new master key {fingerprint(new)}; set FAMAI_MASTER_KEY to it now")
    click.echo(f"keep the one before, {fingerprint(old)}, until the next backup: the keys of the last one are under it")


@keys.command("new")
def new() -> None:
    """Print a fresh master key."""
    click.echo(base64.b64encode(secrets.token_bytes(32)).decode())


_DOORS = {"password": typed.EMAIL, "second": typed.ID, "phone": typed.MOBILE}


@click.command()
@click.argument("door", type=typed.one_of(_DOORS))
@click.argument("name", type=typed.RAW)
def unlock(door: str, name: str) -> None:
    """Open a locked DOOR for NAME (an e-mail, a person's id, a phone number) before its time."""
    key = _DOORS[door].convert(name, None, None)
    settings = Settings.from_env()
    configure(settings.lines)
    unlock_door(settings, door, str(key))
    click.echo("unlocked")


def unlock_door(settings: Settings, door: str, name: str) -> None:
    """Forget what was tried; the next right code or password opens."""
    key = throttle.attempt_key(settings.pepper, door, name)
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as session:
        throttle.clear(throttle.get_attempt(session, key, now()))
