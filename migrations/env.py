"""Alembic's entry: migrates over the connection that `webapp.migrating` hands in."""

from alembic import context

import billing.books.models  # noqa: F401 - registers the tables
import billing.hardship.models  # noqa: F401
import billing.stripe.models  # noqa: F401
import billing.waivers.models  # noqa: F401
import bureau.complaints.models  # noqa: F401
import bureau.dashboard.models  # noqa: F401
import bureau.hours.models  # noqa: F401
import bureau.oversight.purchase_models  # noqa: F401
import bureau.oversight.standards_models  # noqa: F401
import bureau.parameters.emergency_models  # noqa: F401
import bureau.parameters.models  # noqa: F401
import bureau.quality.models  # noqa: F401
import bureau.reports.models  # noqa: F401
import bureau.reports.survey_models  # noqa: F401
import checkup.cases.models  # noqa: F401
import checkup.cases.progress  # noqa: F401
import checkup.cases.share_models  # noqa: F401
import checkup.conflicts.models  # noqa: F401
import checkup.correspondence.models  # noqa: F401
import checkup.desk.models  # noqa: F401
import checkup.fixes.models  # noqa: F401
import checkup.letters.models  # noqa: F401
import checkup.owner.rating_models  # noqa: F401
import checkup.review.models  # noqa: F401
import checkup.signoff.models  # noqa: F401
import cloud.cubes.models  # noqa: F401
import cloud.partners.models  # noqa: F401
import tenants.audit_models  # noqa: F401
import tenants.login.models  # noqa: F401
import tenants.models  # noqa: F401
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
