"""The end of a post: an officer of a bureau, or who runs the platform, comes in no more from the next request on."""

import datetime as dt

from sqlalchemy import delete

from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.login.models import BureauPost, OperatorPost
from tenants.login.sessions import end_sessions
from tenants.people import find_by_email


def end_posts(email: str, *, now: dt.datetime) -> int:
    """End every post of this person, and every session; returns how many posts. Raises: NotFound."""
    with unit_of_work(Scope(Audience.PUBLIC, token=email)) as session:
        person_id = find_by_email(session, email)
    if person_id is None:
        raise NotFound
    count = 0
    with unit_of_work(Scope(Audience.OPERATOR, person_id=person_id)) as session:
        for post in (BureauPost, OperatorPost):
            ended = delete(post).where(post.person_id == person_id).returning(post.person_id)
            count += len(session.scalars(ended).all())
    with unit_of_work(Scope(Audience.FIRM, person_id=person_id)) as session:
        end_sessions(session, person_id=person_id, now=now)
    return count
