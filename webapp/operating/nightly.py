"""A backup as the operator sees it: made, tried by restoring it, and written down, however it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import BackupRun
from webapp.migrating import SchemaFault
from webapp.operating.backups import make_backup
from webapp.operating.restores import rehearse
from webapp.operating.tools import BackupFault, NoTool
from webapp.settings import Settings

KEEP_DAYS = 35
_MOST_FAULT, _MOST_SHOWN = 500, 14


def list_backups(session: Session) -> Sequence[BackupRun]:
    """The newest backups and how they went, newest first; under Scope(OPERATOR)."""
    return session.scalars(select(BackupRun).order_by(BackupRun.began_at.desc()).limit(_MOST_SHOWN)).all()


@dataclass
class Run:
    """How one backup went. `restored_seconds` and `checkups` only where it was tried by restoring it."""

    name: str = ""
    size: int = 0
    files: int = 0
    restored_seconds: int | None = None
    checkups: int = 0
    fault: str = ""


def back_up(settings: Settings, folder: Path, *, keep_days: int | None, rehearses: bool) -> Run:
    """Make a backup, and if asked try it; the run is written down for the operator's page. Raises nothing of its own:
    `fault` says what went wrong."""
    began, run = now(), Run()
    try:
        made = make_backup(settings, folder, keep_days=keep_days)
        run.name, run.size, run.files = made.name, made.size, made.files
        if rehearses:
            shown = rehearse(settings, folder)
            run.restored_seconds, run.checkups = round(shown.took.total_seconds()), shown.checkups
    except (BackupFault, NoTool, OSError, SchemaFault, psycopg.Error) as fault:
        run.fault = f"{type(fault).__name__}: {fault}".strip()[:_MOST_FAULT]
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.add(
            BackupRun(
                id=new_id(),
                began_at=began,
                ended_at=now(),
                name=run.name,
                size=run.size,
                files=run.files,
                restored_seconds=run.restored_seconds,
                fault=run.fault,
            )
        )
    return run


def back_up_nightly(settings: Settings) -> None:
    """The worker's backup, where the settings name a folder for it. Raises: BackupFault, for the worker's log."""
    if settings.backup_dir is None:
        return
    run = back_up(settings, settings.backup_dir, keep_days=KEEP_DAYS, rehearses=True)
    if run.fault:
        raise BackupFault(run.fault)
