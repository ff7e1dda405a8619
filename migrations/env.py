"""Alembic's entry: migrates over the connection that `webapp.migrating` hands in."""

from alembic import context

import billing.fee_models  # noqa: F401 - registers the tables
import billing.relief.models  # noqa: F401
import billing.relief.policy_models  # noqa: F401
import billing.stripe_models  # noqa: F401
import bureau.complaint_models  # noqa: F401
import bureau.emergency_models  # noqa: F401
import bureau.hour_models  # noqa: F401
import bureau.purchase_models  # noqa: F401
import bureau.quality_models  # noqa: F401
import bureau.standards_models  # noqa: F401
import bureau.steering_models  # noqa: F401
import bureau.survey_models  # noqa: F401
import checkup.conflicts.models  # noqa: F401
import checkup.correspondence_models  # noqa: F401
import checkup.desk.models  # noqa: F401
import checkup.fixes.models  # noqa: F401
import checkup.letters.models  # noqa: F401
import checkup.models  # noqa: F401
import checkup.progress  # noqa: F401
import checkup.rating_models  # noqa: F401
import checkup.review.models  # noqa: F401
import checkup.sharing.models  # noqa: F401
import cloud.door_models  # noqa: F401
import cloud.models  # noqa: F401
import tenants.identity  # noqa: F401
import tenants.models  # noqa: F401
import tenants.trail  # noqa: F401
from tenants.base import Base


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=_is_ours,
)
with context.begin_transaction():
    context.run_migrations()
