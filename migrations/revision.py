"""Draft the next revision from what the code says beyond the last one: `bin/revision 0002 "what it does"`.

Tables come from Alembic's comparison. Functions, triggers, grants and policies come from comparing the catalogs of a
schema at the head and of one made from the code, and stand as SQL text beside the revision. A person reads the draft.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from alembic import command

from migrations import baseline, catalog
from tenants.access import functions, sql
from tenants.access.matrix import MATRIX
from tenants.base import Base
from webapp import migrating


def statements(changed: Iterable[str]) -> Iterator[str]:
    """What brings these things of the catalog, other than tables, to what the code says. All of it can be repeated."""
    things = [name.split(" ", 1) for name in sorted(changed)]
    kinds = {kind for kind, _ in things}
    if "role" in kinds:
        yield from sql.role_statements()
    if kinds & {"function", "trigger"} or any(kind == "grant" and "(" in about for kind, about in things):
        yield from functions.scope_statements()
        yield from functions.queue_statements()
        yield from functions.shared_statements()
    subjects = {about.split(" ")[0].split(".")[0] for kind, about in things if kind in {"policy", "grant", "table"}}
    for table in sorted(subjects & MATRIX.keys()):
        yield from sql.renewal_statements(table)


def main(number: str, message: str) -> None:
    """Write the draft, the SQL beside it and the new catalog."""
    with baseline.built_from_code() as (connection, expected):
        migrating.upgrade(connection)
        found = catalog.read(connection, baseline.ROLES)
        config = migrating.config(connection)
        config.attributes["metadata"] = Base.metadata
        drafted = command.revision(config, message, autogenerate=True, rev_id=number)
    changed = (name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    for script in drafted if isinstance(drafted, list) else [drafted]:
        if script is not None:
            Path(script.path).with_suffix(".sql").write_text(baseline.written(statements(changed)), encoding="utf-8")
    migrating.CATALOG.write_text(catalog.write(expected), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
