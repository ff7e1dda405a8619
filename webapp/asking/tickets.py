"""What a seat of the hotline, an officer and an owner share where a ticket goes into her case."""

from checkup.assisting.claiming import ClaimTarget
from cloud.partners.case_tickets import take_in
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.installation import case_keys

GONE, NO_OFFER = (
    _("这个体检已经删掉了，工单放不进去。"),
    _("这个工单没有（或不再）等您答应。要放的话，请再打一次电话。"),
)
_SAID = {
    "ended": _("这个工单已经办结，不用再放了。还有事，请开一个新工单。"),
    "elsewhere": _("这个工单已经有别的律所在办。要换，请那家所先退回司法局。"),
    "taken": _("这个工单已经在一份体检里，或者刚有人在放。刷新看一下；放错了，要店主本人取出来。"),
}


def why_not(error: Conflict | NotFound) -> str:
    """What is said where a ticket does not go in."""
    return str(_SAID[error.code]) if isinstance(error, Conflict) and error.code in _SAID else str(GONE)


def take_in_for(target: ClaimTarget, *, number: str, channel: str, by: Actor) -> None:
    """Her yes, in her scope. Raises: NotFound once the case is erased; Conflict."""
    with unit_of_work(Scope(Audience.OWNER, target.firm_id, target.owner_id)) as work:
        take_in(work, checkup_id=target.checkup_id, number=number, channel=channel, keys=case_keys(), by=by, now=now())
