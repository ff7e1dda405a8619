"""The end of a post: an officer of a bureau, or who runs the platform, comes in no more from the next request on."""

import datetime as dt

from sqlalchemy import delete

from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import NotFound
from tenants.login.models import BureauPost, OperatorPost
from tenants.login.sessions import end_sessions
from tenants.people import find_staff


def end_posts(email: str, *, now: dt.datetime) -> int:
    """End every post of this person, and every session; returns how many posts. Raises: NotFound."""
    count = 0
    with unit_of_work(Scope(Audience.AUTH, token=email)) as session:
        person = find_staff(session, email)
        if person is None:
            raise NotFound
        enter_scope(session, Scope(Audience.OPERATOR, person_id=person.id))
        for post in (BureauPost, OperatorPost):
            ended = delete(post).where(post.person_id == person.id).returning(post.person_id)
            count += len(session.scalars(ended).all())
        enter_scope(session, Scope(Audience.AUTH, person_id=person.id))
        end_sessions(session, person_id=person.id, now=now)
    return count
