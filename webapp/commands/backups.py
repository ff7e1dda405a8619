"""`famai backup` and `famai restore`: two files, because keys are kept for days and the rest for longer."""

import subprocess
from pathlib import Path

import click

from tenants.access import embedded
from webapp.registry import list_key_tables
from webapp.settings import Settings

KEYS, REST = "keys.dump", "famai.dump"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Write FOLDER/famai.dump (all but the keys) and FOLDER/keys.dump (every table of keys)."""
    url = Settings.from_env().admin_database_url
    folder.mkdir(parents=True, exist_ok=True)
    for name in (REST, KEYS):
        (folder / name).touch(mode=0o600)
    without, alone = (
        [f"--{option}={table}" for table in list_key_tables()] for option in ("exclude-table-data", "table")
    )
    _run("pg_dump", url, "--format=custom", *without, f"--file={folder / REST}")
    _run("pg_dump", url, "--format=custom", "--data-only", *alone, f"--file={folder / KEYS}")
    click.echo(f"keep {folder / REST} as long as you need; keep only the newest {folder / KEYS}, for a week at most")


@click.command()
@click.argument("rest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("keys", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(rest: Path, keys: Path) -> None:
    """Restore REST (any age) with KEYS (the newest): a case whose key was destroyed in between stays closed."""
    url = Settings.from_env().admin_database_url
    _run("pg_restore", url, "--clean", "--if-exists", "--single-transaction", str(rest))
    # A key without its case is of no use, so the foreign key must not stop the others.
    _run("pg_restore", url, "--data-only", "--disable-triggers", str(keys))
    click.echo("restored; run famai migrate now")


def _run(tool: str, url: str, *arguments: str) -> None:
    """Raises: click.ClickException with what the tool said."""
    target = ["--dbname", url] if tool == "pg_restore" else [url]
    done = subprocess.run([embedded.tool(tool), *target, *arguments], capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise click.ClickException(f"{tool}: {done.stderr.strip()}")
