"""An application assessed again by its own policy: papers that came later may prove more."""

from sqlalchemy.orm import Session

from billing.relief.content import OpenWaiver
from billing.relief.evidence import list_papers
from billing.relief.hardship import Assessment, Proofs, assess
from billing.relief.policy import Policy


def assess_again(session: Session, opened: OpenWaiver, policy: Policy) -> Assessment:
    """What the policy says to what is there by now."""
    papers = frozenset(one.paper for one in list_papers(session, opened.row.id))
    return assess(policy, opened.content.hardship, Proofs(papers, opened.row.is_declared))
