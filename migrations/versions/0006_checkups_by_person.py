"""checkups by person"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("ix_checkup_person", "checkup", ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_checkup_person", table_name="checkup")
