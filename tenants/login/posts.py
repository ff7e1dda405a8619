"""Posts at a bureau or on the platform: how one begins, changes and ends; whoever loses hers is out at once.

A bureau's head says who works there and below, an operator who runs the platform; a place is never left without.
`bureau_id` is None for the platform. Everything that opens a door is done in the log-in path's scope of the person.
"""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from tenants import jobs
from tenants.audit import Actor
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.login.credentials import add_staff, forget_credentials
from tenants.login.memberships import list_places
from tenants.login.models import HEAD, OFFICER, OPERATOR, BureauPost, OperatorPost, PostEvent
from tenants.login.sessions import end_sessions, list_sessions
from tenants.models import Bureau, Person
from tenants.one_at_a_time import one_at_a_time
from tenants.people import find_staff
from tenants.typed.words import check_line

ROLES = (OFFICER, HEAD)
MOST_NAME = 60


@dataclass(frozen=True)
class Post:
    """Somebody's place. `is_last`: nobody else could say who works there, so it cannot end."""

    person: Person
    bureau_id: uuid.UUID | None
    role: str
    is_last: bool
    others: int


def list_posts(session: Session, bureau_id: uuid.UUID | None) -> list[Post]:
    """Everybody at a bureau of one's own part, or on the platform, by name."""
    table = OperatorPost if bureau_id is None else BureauPost
    query = select(Person, table.role).join(table, table.person_id == Person.id).order_by(Person.name, Person.id)
    if bureau_id is not None:
        query = query.where(BureauPost.bureau_id == bureau_id)
    held, leading = session.execute(query).tuples().all(), _list_leading(session, bureau_id)
    return [Post(person, bureau_id, role, leading == [person.id], len(held) - 1) for person, role in held]


def _list_leading(session: Session, bureau_id: uuid.UUID | None) -> list[uuid.UUID]:
    """Whoever says who works there."""
    if bureau_id is None:
        return list(session.scalars(select(OperatorPost.person_id)))
    heads = select(BureauPost.person_id).where(BureauPost.bureau_id == bureau_id, BureauPost.role == HEAD)
    return list(session.scalars(heads))


def count_posts(session: Session) -> dict[uuid.UUID, tuple[int, bool]]:
    """Bureau of one's own part → how many work there, and whether somebody leads it."""
    counted = select(BureauPost.bureau_id, func.count(), func.bool_or(BureauPost.role == HEAD))
    return {one: (count, leads) for one, count, leads in session.execute(counted.group_by(BureauPost.bureau_id))}


def get_post(session: Session, *, bureau_id: uuid.UUID | None, person_id: uuid.UUID) -> Post:
    """Raises: NotFound, also outside one's own part."""
    for one in list_posts(session, bureau_id):
        if one.person.id == person_id:
            return one
    raise NotFound


def list_post_events(session: Session, *, bureau_id: uuid.UUID | None, most: int = 50) -> Sequence[PostEvent]:
    """What was done about the posts of a place, newest first."""
    query = select(PostEvent).where(PostEvent.bureau_id.is_not_distinct_from(bureau_id))
    return session.scalars(query.order_by(PostEvent.at.desc(), PostEvent.id.desc()).limit(most)).all()


def begin_post(
    session: Session,
    *,
    scope: Scope,
    bureau_id: uuid.UUID | None,
    email: str,
    name: str,
    role: str,
    by: Actor,
    now: dt.datetime,
) -> Person:
    """A post for somebody new, or for who works nowhere here any more. She sets her password by a mailed link.

    Raises: Invalid on `email` for whoever works somewhere here, `name`, `role`; NotFound for a bureau that is not of
    one's own part.
    """
    if role not in (ROLES if bureau_id else (OPERATOR,)):
        raise Invalid((FieldFault("role", "unknown_option"),))
    called = _name(name)
    person = new_staff(session, email=email, name=called, now=now)
    enter_scope(session, scope)
    if bureau_id is None:
        session.add(OperatorPost(person_id=person.id))
    else:
        check_bureau(session, bureau_id)
        session.add(BureauPost(bureau_id=bureau_id, person_id=person.id, role=role))
    session.flush()
    session.execute(update(Person).where(Person.id == person.id).values(name=called))
    _note(session, Post(person, bureau_id, "", False, 0), "begun", role, called, by, now)
    return person


def new_staff(session: Session, *, email: str, name: str, now: dt.datetime) -> Person:
    """Somebody new, or who works nowhere here any more and has lost what opened her doors. Leaves the unit of work in
    the log-in path's scope. Raises: Invalid on `email` for whoever works somewhere here."""
    enter_scope(session, Scope(Audience.AUTH, token=email))
    person = find_staff(session, email)
    if person is None:
        return add_staff(session, email=email, name=name, password=secrets.token_urlsafe(32), now=now)
    enter_scope(session, Scope(Audience.AUTH, person_id=person.id))
    if list_places(session, person.id):
        raise Invalid((FieldFault("email", "taken"),))
    forget_credentials(session, person.id)
    return person


def _name(raw: str) -> str:
    """Raises: Invalid on `name`."""
    return check_line(raw, "name", most=MOST_NAME)


def check_bureau(session: Session, bureau_id: uuid.UUID) -> None:
    """That it is of one's own part. Raises: NotFound."""
    part = text("SELECT app_bureaus() AS id").columns(id=Bureau.id.type).subquery()
    if session.scalar(select(part.c.id).where(part.c.id == bureau_id)) is None:
        raise NotFound


def change_role(session: Session, post: Post, *, scope: Scope, role: str, by: Actor, now: dt.datetime) -> None:
    """She works there with other rights, and logs in again for it. Raises: Invalid on `role`, Conflict `last_one`."""
    if role not in ROLES or post.bureau_id is None:
        raise Invalid((FieldFault("role", "unknown_option"),))
    _keep_one(session, post, is_leading=role == HEAD)
    _note(session, post, "changed", role, post.person.name, by, now)
    hers = (BureauPost.bureau_id == post.bureau_id, BureauPost.person_id == post.person.id)
    session.execute(update(BureauPost).where(*hers).values(role=role))
    _leave(session, post, scope, "changed", now)


def rename(session: Session, post: Post, *, scope: Scope, name: str, by: Actor, now: dt.datetime) -> None:
    """What she is called from now on; what bears her name already keeps it. Raises: Invalid on `name`."""
    called = _name(name)
    session.execute(update(Person).where(Person.id == post.person.id).values(name=called))
    _note(session, post, "renamed", post.role, called, by, now)
    _leave(session, post, scope, "renamed", now)


def reset(session: Session, post: Post, *, scope: Scope, by: Actor, now: dt.datetime) -> None:
    """Neither password nor second factor open anything any more; she begins anew by a mailed link."""
    _note(session, post, "reset", post.role, post.person.name, by, now)
    enter_scope(session, Scope(Audience.AUTH, person_id=post.person.id))
    forget_credentials(session, post.person.id)
    end_sessions(session, person_id=post.person.id, now=now)
    enter_scope(session, scope)


def end_post(session: Session, post: Post, *, scope: Scope, by: Actor, now: dt.datetime) -> None:
    """She is out from the next request on; what she did keeps her name. Raises: Conflict `last_one`."""
    _keep_one(session, post, is_leading=False)
    _note(session, post, "ended", "", post.person.name, by, now)
    if post.bureau_id is None:
        session.execute(delete(OperatorPost).where(OperatorPost.person_id == post.person.id))
    else:
        hers = (BureauPost.bureau_id == post.bureau_id, BureauPost.person_id == post.person.id)
        session.execute(delete(BureauPost).where(*hers))
    _leave(session, post, scope, "ended", now)


def _keep_one(session: Session, post: Post, *, is_leading: bool) -> None:
    """Two who end each other wait for one another here, and the second is refused. Raises: Conflict `last_one`."""
    one_at_a_time(session, "posts")
    if not is_leading and _list_leading(session, post.bureau_id) == [post.person.id]:
        raise Conflict("last_one")


def _note(session: Session, post: Post, act: str, became: str, name: str, by: Actor, now: dt.datetime) -> None:
    session.add(
        PostEvent(
            bureau_id=post.bureau_id,
            person_id=post.person.id,
            person_name=name,
            act=act,
            actor_id=by.id,
            actor_name=by.name,
            was=post.role,
            became=became,
            at=now,
        )
    )
    session.flush()


def _leave(session: Session, post: Post, scope: Scope, what: str, now: dt.datetime) -> None:
    """Her sessions end, and a mail tells her what happened."""
    enter_scope(session, Scope(Audience.AUTH, person_id=post.person.id))
    end_sessions(session, person_id=post.person.id, now=now)
    said = {"template": "post_told", "what": what, "at": now.isoformat()}
    jobs.defer(session, "tell_person", person_id=post.person.id, **said)
    enter_scope(session, scope)


def count_sessions(session: Session, post: Post, *, scope: Scope, now: dt.datetime) -> int:
    """On how many devices she is logged in."""
    enter_scope(session, Scope(Audience.AUTH, person_id=post.person.id))
    count = len(list_sessions(session, person_id=post.person.id, now=now))
    enter_scope(session, scope)
    return count


def end_posts(email: str, *, by: Actor, now: dt.datetime) -> int:
    """End every post of this person; returns how many. Raises: NotFound; Conflict `last_one`, and none ends."""
    with unit_of_work(Scope(Audience.AUTH, token=email)) as session:
        person = find_staff(session, email)
        if person is None:
            raise NotFound
        enter_scope(session, Scope(Audience.AUTH, person_id=person.id))
        places = [one for one in list_places(session, person.id) if one.firm_id is None]
        scope = Scope(Audience.OPERATOR)
        enter_scope(session, scope)
        for place in places:
            end_post(session, Post(person, place.bureau_id, place.roles[0], False, 0), scope=scope, by=by, now=now)
    return len(places)
