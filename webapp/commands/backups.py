"""`famai backup` and `famai restore`: the database, the keys apart from it, and the file store."""

from pathlib import Path

import click
import psycopg

from tenants.database import configure
from webapp.commands import typed
from webapp.migrating import SchemaFault
from webapp.operating.backups import KEYS, BackupFault
from webapp.operating.nightly import Run, back_up
from webapp.operating.restores import restore as bring_back
from webapp.operating.tools import NoTool
from webapp.settings import Settings

_FAULTS = (BackupFault, NoTool, OSError, SchemaFault, psycopg.Error)


@click.command()
@click.argument("folder", type=typed.NEW_FOLDER)
@click.option(
    "--keep", type=typed.whole(1, 36_500), help="Remove sets older than so many days; the newest always stays."
)
@click.option("--rehearse", is_flag=True, help="Also restore it into a database of its own, prove that, and drop it.")
def backup(folder: Path, keep: int | None, rehearse: bool) -> None:
    """Add a set to FOLDER (database and files) and replace the keys there by the newest. Whole or not at all."""
    settings = Settings.from_env()
    configure(settings.worker_lines)
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


@click.command()
@click.argument("folder", type=typed.FOLDER)
@click.option("--set", "name", type=typed.WORD, help="Which set; the newest if none is named.")
@click.confirmation_option(prompt="Everything in the city's database is replaced. Go on?")
def restore(folder: Path, name: str | None) -> None:
    """Bring back a set of FOLDER with the newest keys: a case whose key was destroyed since then stays closed."""
    settings = Settings.from_env()
    try:
        done = bring_back(settings, folder, name=name or "")
    except _FAULTS as fault:
        raise click.ClickException(f"nothing was changed: {fault}") from None
    click.echo(f"restored {done}; run famai migrate now")
