"""An owner who reads out the number of her case and a code of it, to a seat of the hotline or to an officer."""

from checkup.assisting.claiming import ClaimTarget, claim_digest, find_claim, plain_number
from checkup.cases.checkups import get_checkup_row
from checkup.owner.resume_codes import code_digest, find_target
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.edge.audiences import public_work
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard

DOOR = "hotline"


def open_by_code(number: str, code: str, *, is_owner: bool = True) -> ClaimTarget:
    """Her case; wrong tries are counted by its number, whoever asks. Raises: WrongCode, Locked."""
    plain = plain_number(number)
    return guard(installation(), DOOR, plain, lambda _work, _tried: _find(plain, code) if is_owner else None)


def _find(number: str, code: str) -> ClaimTarget | None:
    """The case of this number whose code this is: the one to go on with, or the one to take it over."""
    pepper = installation().pepper
    with public_work(token=code_digest(code, pepper)) as work:
        kept = find_target(work, code=code, pepper=pepper, now=now())
    if kept is None:
        digest = claim_digest(number, code, pepper)
        with public_work(token=digest) as work:
            return find_claim(work, digest, now())
    with unit_of_work(Scope(Audience.OWNER, kept.firm_id, kept.person_id)) as work:
        row = get_checkup_row(work, kept.checkup_id)
    is_hers = plain_number(row.case_number) == number
    return ClaimTarget(kept.firm_id, kept.checkup_id, kept.person_id) if is_hers else None
