"""An application assessed again by its own policy: papers that came later may prove more."""

from sqlalchemy.orm import Session

from billing.hardship.assessment import Assessment, Proofs, assess
from billing.hardship.policy import Policy
from billing.waivers.content import OpenWaiver
from billing.waivers.evidence import list_papers


def assess_again(session: Session, opened: OpenWaiver, policy: Policy) -> Assessment:
    """What the policy says to what is there by now."""
    papers = frozenset(one.paper for one in list_papers(session, opened.row.id))
    return assess(policy, opened.content.hardship, Proofs(papers, opened.row.is_declared))
