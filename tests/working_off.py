"""What waits for the worker is worked off."""

import psycopg

from webapp.settings import Settings
from webapp.worker_loop import run_worker


def work_but_papers(settings: Settings) -> None:
    """All but the reports, for a test that looks at none: to draw one takes a second."""
    with psycopg.connect(settings.admin_database_url, autocommit=True) as line:
        line.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'render_report' AND status = 'todo'")
    run_worker(settings, wait=False)
