"""Audience roles, scope functions, the job queue and the one function that may add to it."""

from alembic import op
from procrastinate.schema import SchemaManager

from tenants.access import sql
from tenants.database import Audience

revision = "0001"
down_revision = None

_DEFER = """
CREATE FUNCTION famai_defer(task text, args jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', task, 0, NULL, NULL, args, NULL)::procrastinate_job_to_defer_v1])
$$
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for statement in (*sql.role_statements(), *sql.function_statements()):
        run(statement)
    run(SchemaManager.get_schema().replace("%", "%%"))
    run(_DEFER)
    run("REVOKE ALL ON FUNCTION famai_defer(text, jsonb) FROM PUBLIC")
    for audience in (Audience.OWNER, Audience.FIRM, Audience.WORKER):
        run(f"GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO {audience.role}")
    run(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {Audience.WORKER.role}")
    run(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {Audience.WORKER.role}")


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("DROP FUNCTION famai_defer(text, jsonb)")
    run("DROP SCHEMA public CASCADE")
    run("CREATE SCHEMA public")
