"""the lawyer is told, nobody may act, the call is late"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_COLUMNS = (("review", "unread_at"), ("review", "told_at"), ("review", "stuck_since"), ("green_call", "late_since"))


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table, column in reversed(_COLUMNS):
        op.drop_column(table, column)
