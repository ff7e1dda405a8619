"""`famai backup` and `famai restore`: the database, the keys apart from it, and the file store."""

from pathlib import Path

import click
import psycopg

from tenants.database import configure
from webapp.commands import typed
from webapp.migrating import SchemaFault
from webapp.operating.erasing_again import Again
from webapp.operating.erasing_again import erase_again as erase_what_was_erased
from webapp.operating.key_copies import KEYS, copy_keys
from webapp.operating.nightly import Run, back_up
from webapp.operating.restores import restore as bring_back
from webapp.operating.restores import restore_files
from webapp.operating.tools import BackupFault, NoTool
from webapp.settings import Settings, read_master_key

_FAULTS = (BackupFault, NoTool, OSError, SchemaFault, psycopg.Error)


@click.command()
@click.argument("folder", type=typed.NEW_FOLDER)
@click.option(
    "--keep", type=typed.whole(1, 36_500), help="Remove sets older than so many days; the newest always stays."
)
@click.option("--rehearse", is_flag=True, help="Also restore it into a database of its own, prove that, and drop it.")
@click.option("--keys", "is_keys", is_flag=True, help="Replace the keys by the newest, and add no set.")
def backup(folder: Path, keep: int | None, rehearse: bool, is_keys: bool) -> None:
    """Add a set to FOLDER (database and files) and replace the keys there by the newest. Whole or not at all."""
    settings = Settings.from_env()
    configure(settings.worker_lines)
    if is_keys:
        try:
            copy_keys(settings, folder)
        except _FAULTS as fault:
            raise click.ClickException(str(fault)) from None
        click.echo(f"{folder / KEYS} is the newest, and the only copy of keys")
        return
    run = back_up(settings, folder, keep_days=keep, rehearses=rehearse)
    if run.fault:
        raise click.ClickException(run.fault)
    click.echo(_told(folder, run))


def _told(folder: Path, run: Run) -> str:
    lines = [
        f"{folder / run.name}: {run.size // 1024} KiB, {run.files} files; {folder / KEYS} is the only copy of keys"
    ]
    if run.restored_seconds is not None:
        lines.append(f"restored in {run.restored_seconds} s with {run.checkups} checkups, and dropped again")
    return "\n".join(lines)


_OLDER = click.option(
    "--older-master",
    envvar="FAMAI_OLDER_MASTER_KEY",
    type=typed.SECRET,
    help="The master key of the last backup, where it was rotated since.",
)


@click.command()
@click.argument("folder", type=typed.FOLDER)
@click.option("--set", "name", type=typed.WORD, help="Which set; the newest if none is named.")
@_OLDER
@click.option("--files", "is_files", is_flag=True, help="Only files of the newest set that are missing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def restore(folder: Path, name: str | None, older_master: str | None, is_files: bool, yes: bool) -> None:
    """Bring back a set of FOLDER with the newest keys: a case whose key was destroyed since then stays closed."""
    settings = Settings.from_env()
    if is_files:
        _restore_files(settings, folder)
        return
    if not yes:
        click.confirm("Everything in the city's database is replaced. Go on?", abort=True)
    try:
        older = read_master_key(older_master) if older_master else None
        done = bring_back(settings, folder, name=name or "", older=older)
    except _FAULTS as fault:
        raise click.ClickException(f"nothing was changed: {fault}") from None
    click.echo(f"restored {done}; run famai migrate now, then famai erase-again {folder}")


def _restore_files(settings: Settings, folder: Path) -> None:
    try:
        click.echo(f"files of {restore_files(settings, folder)} are where they belong")
    except _FAULTS as fault:
        raise click.ClickException(str(fault)) from None


@click.command("erase-again")
@click.argument("folder", type=typed.FOLDER)
@_OLDER
def erase_again(folder: Path, older_master: str | None) -> None:
    """After the database was brought back to an earlier instant: lay in the newest keys, erase again what was erased.

    Before web and worker start; FOLDER is the one of `famai backup`.
    """
    settings = Settings.from_env()
    configure(settings.worker_lines)
    try:
        older = read_master_key(older_master) if older_master else None
        click.echo(_told_of(erase_what_was_erased(settings, folder, older=older)))
    except _FAULTS as fault:
        raise click.ClickException(str(fault)) from None


def _told_of(again: Again) -> str:
    if not again.was_older:
        keys = f"this database is no older than {KEYS}: its keys stay"
    else:
        keys = f"keys as in {KEYS}: {again.keys} destroyed again"
    return f"{keys}; {again.cases} cases erased again, {again.links} links ended; start web and worker"
