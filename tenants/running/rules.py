"""What an incident and a request about personal data may become, and by when. Pure."""

import datetime as dt

from tenants.lives import Life

# One operator acts at once, at any hour; without a second one it ends by itself.
ALONE = dt.timedelta(hours=4)
# The law says "in time" (Personal Information Protection Law, art. 50); this is the platform's own promise.
ANSWER_DAYS = 15

REQUEST_KINDS = ("copy", "correct", "erase", "restrict", "explain", "other")
CAME_BY = ("letter", "counter", "phone", "mail", "bureau")
REQUEST_LIFE = Life({("open", "answer"): "answered", ("open", "refuse"): "refused", ("open", "pass"): "passed"})


def ends_alone_at(opened_at: dt.datetime, agreed_at: dt.datetime | None) -> dt.datetime | None:
    """When an incident ends by itself; None once two people stand behind it."""
    return None if agreed_at else opened_at + ALONE
