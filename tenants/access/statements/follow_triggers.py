"""A row that a job follows, whoever wrote it: the roles of a provider, a partner and a bureau have no pen of the queue
for their mails."""

from collections.abc import Iterator


def job_follows(task: str, *, function: str, after: str, told: str, when: str = "", trigger: str = "") -> Iterator[str]:
    """Function and trigger that queue `task` for a row.

    `after`: what happens to which table; `told`: pairs of name and column for the job; `when`: of which rows alone;
    `trigger`: its name, where that is not the task's.
    """
    yield f"""CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('{task}', jsonb_build_object({told}));
  RETURN NULL;
END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {trigger or task} AFTER {after}
FOR EACH ROW {f"WHEN ({when}) " if when else ""}EXECUTE FUNCTION {function}()"""
