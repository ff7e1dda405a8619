"""The risks of a case in the words that fit her answers and the day of her report."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, list_findings
from checkup.cases.models import Checkup, FindingRow
from checkup.packs.values import Pack, Risk
from tenants.clock import city_day


def told_risk(pack: Pack, row: Checkup, finding: FindingRow) -> Risk:
    """As the lawyer rates it, where she rated it otherwise, else as the answers do."""
    at = row.signed_at or row.submitted_at or row.started_at
    risk = pack.risk(finding.risk).on(city_day(at))
    if finding.lawyer_action == "change" and finding.lawyer_likelihood is not None:
        return risk.worded(finding.lawyer_likelihood)
    return risk.worded(finding.likelihood, finding.case_place)


def told_risks(session: Session, *, checkup_id: uuid.UUID, pack: Pack) -> Mapping[str, Risk]:
    """Risk id → the risk as it is told in this case. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    return {one.risk: told_risk(pack, row, one) for one in list_findings(session, checkup_id=checkup_id)}
