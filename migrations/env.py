"""Alembic's entry: migrates over the connection that `webapp.migrating` hands in."""

from alembic import context
from sqlalchemy.types import TypeDecorator


def _plain_type(kind: str, thing: object, _: object) -> str | bool:
    """A revision names the database's types, never the code's own."""
    return f"sa.{thing.impl!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),  # only to draft a revision
    include_name=lambda name, kind, parents: kind != "table" or not name.startswith("procrastinate_"),
    render_item=_plain_type,
    transaction_per_migration=True,  # so that one may build an index beside people who write (`autocommit_block`)
)
with context.begin_transaction():
    context.run_migrations()
