"""What the desk tells the people of the firm: case number and process, never a name or a fact."""

import datetime as dt

from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.review.colleagues import Colleague
from tenants import messages


def tell(
    session: Session,
    row: Checkup,
    to: Colleague | None,
    what: str,
    *,
    now: dt.datetime,
    until: dt.datetime | None = None,
    link: str = "",
) -> None:
    """An e-mail to one colleague; somebody who has left is not written to."""
    if to is None:
        return
    values = {"number": row.case_number, "until": until, "link": link}
    messages.tell_staff(session, f"case_{what}", to, firm_id=row.firm_id, now=now, **values)
