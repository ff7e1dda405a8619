"""What waits for the worker is worked off."""

import uuid

import psycopg

from webapp.settings import Settings
from webapp.worker_loop import run_worker


def work_but_papers(settings: Settings, of: uuid.UUID | str | None = None) -> None:
    """All but the papers, for a test that looks at none, or at those `of` one checkup alone: each takes a second."""
    with psycopg.connect(settings.admin_database_url, autocommit=True) as line:
        line.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name IN ('render_report', 'write_report') AND status = 'todo'"
            " AND args->>'checkup_id' IS DISTINCT FROM %s",
            (str(of),),
        )
    run_worker(settings, wait=False)
