"""Who works at a bureau, as its head sees and changes it; who runs the platform, as its operators do."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.complaints.desk import count_in_hand
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.firms.admission import list_part
from tenants.login import posts
from tenants.login.models import OPERATOR
from tenants.login.posts import Post
from tenants.models import Bureau
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_scope, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.people_here import fresh
from webapp.edge.record_links import ask_for_reset
from webapp.forms.posts import OfficerForm, OperatorForm, PostForm

blueprint = Blueprint("posts", __name__)
_Answer = Response | tuple[str, int]


@blueprint.get("/bureau/officers")
@audience(Audience.BUREAU, may="run_bureau")
def officers() -> tuple[str, int]:
    return _page(bureau_id(), OfficerForm())


@blueprint.get("/bureau/officers/<uuid:place>")
@audience(Audience.BUREAU, may="run_bureau")
def officers_of(place: uuid.UUID) -> tuple[str, int]:
    """Of a bureau below one's own."""
    return _page(place, OfficerForm())


@blueprint.post("/bureau/officers/<uuid:place>")
@audience(Audience.BUREAU, may="run_bureau")
@fresh
def add_officer(place: uuid.UUID) -> _Answer:
    return _add(place, OfficerForm())


@blueprint.get("/bureau/officers/<uuid:place>/<uuid:person_id>")
@audience(Audience.BUREAU, may="run_bureau")
def officer(place: uuid.UUID, person_id: uuid.UUID) -> tuple[str, int]:
    return _one(place, person_id, PostForm())


@blueprint.post("/bureau/officers/<uuid:place>/<uuid:person_id>/<any(end, name, reset, role):act>")
@audience(Audience.BUREAU, may="run_bureau")
@fresh
def change_officer(place: uuid.UUID, person_id: uuid.UUID, act: str) -> _Answer:
    return _change(place, person_id, act)


@blueprint.get("/operator/people")
@audience(Audience.OPERATOR, may="operate")
def operators() -> tuple[str, int]:
    return _page(None, OperatorForm())


@blueprint.post("/operator/people")
@audience(Audience.OPERATOR, may="operate")
@fresh
def add_operator() -> _Answer:
    return _add(None, OperatorForm())


@blueprint.get("/operator/people/<uuid:person_id>")
@audience(Audience.OPERATOR, may="operate")
def operator(person_id: uuid.UUID) -> tuple[str, int]:
    return _one(None, person_id, PostForm())


@blueprint.post("/operator/people/<uuid:person_id>/<any(end, name, reset):act>")
@audience(Audience.OPERATOR, may="operate")
@fresh
def change_operator(person_id: uuid.UUID, act: str) -> _Answer:
    return _change(None, person_id, act)


def _page(place: uuid.UUID | None, form: OperatorForm) -> tuple[str, int]:
    """`place`: the bureau, or none for the platform."""
    with staff_work() as work:
        page = render_template(
            "shared/posts.html",
            place=_bureau(work, place) if place else None,
            posts=posts.list_posts(work, place),
            below=_below(work, place) if place else [],
            events=posts.list_post_events(work, bureau_id=place),
            me=staff(),
            form=form,
        )
    return page, form.status


def _bureau(work: Session, place: uuid.UUID) -> Bureau:
    """Raises: NotFound outside one's own part."""
    posts.check_bureau(work, place)
    return work.get_one(Bureau, place)


def _below(work: Session, place: uuid.UUID) -> list[tuple[Bureau, int, bool]]:
    """The bureaus right below, how many work there, and whether one of them leads it."""
    counts = posts.count_posts(work)
    return [(one, *counts.get(one.id, (0, False))) for one in list_part(work) if one.parent_id == place]


def _add(place: uuid.UUID | None, form: OperatorForm) -> _Answer:
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                person = posts.begin_post(
                    work,
                    scope=staff_scope(),
                    bureau_id=place,
                    email=form.email.data,
                    name=form.name.data,
                    role=form.role.data if isinstance(form, OfficerForm) else OPERATOR,
                    by=actor(),
                    now=now(),
                )
                _send_link(work, person.id, "post_begun")
            return redirect(_where(place))
    return _page(place, form)


def _where(place: uuid.UUID | None, person_id: uuid.UUID | None = None) -> str:
    """The page of a place, or of somebody's post there."""
    if place is None:
        return url_for("posts.operator", person_id=person_id) if person_id else url_for("posts.operators")
    if person_id is None:
        return url_for("posts.officers_of", place=place)
    return url_for("posts.officer", place=place, person_id=person_id)


def _send_link(work: Session, person_id: uuid.UUID, template: str) -> None:
    """A link to a new password, by mail."""
    enter_scope(work, Scope(Audience.AUTH, person_id=person_id))
    ask_for_reset(work, installation(), person_id, template)
    enter_scope(work, staff_scope())


def _one(place: uuid.UUID | None, person_id: uuid.UUID, form: PostForm, notice: str = "") -> tuple[str, int]:
    """With what each act would do."""
    with staff_work() as work:
        post = posts.get_post(work, bureau_id=place, person_id=person_id)
        form.name.fill(post.person.name)
        page = render_template(
            "shared/post.html",
            post=post,
            place=_bureau(work, place) if place else None,
            sessions=posts.count_sessions(work, post, scope=staff_scope(), now=now()),
            in_hand=count_in_hand(work, person_id) if place else 0,
            form=form,
            notice=notice,
        )
    return page, 409 if notice else form.status


def _change(place: uuid.UUID | None, person_id: uuid.UUID, act: str) -> _Answer:
    form = PostForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    _do(work, posts.get_post(work, bureau_id=place, person_id=person_id), act, form)
                return redirect(_where(place) if act == "end" else _where(place, person_id))
    except Conflict:
        said = _("只剩这一位能管这里的人员，不能这样改：请先加一位负责人。")
        return _one(place, person_id, PostForm(formdata=None), said)
    return _one(place, person_id, form)


def _do(work: Session, post: Post, act: str, form: PostForm) -> None:
    scope, by, at = staff_scope(), actor(), now()
    if act == "name":
        posts.rename(work, post, scope=scope, name=form.name.data, by=by, now=at)
    elif act == "role":
        posts.change_role(work, post, scope=scope, role=form.role.data, by=by, now=at)
    elif act == "end":
        posts.end_post(work, post, scope=scope, by=by, now=at)
    else:
        posts.reset(work, post, scope=scope, by=by, now=at)
        _send_link(work, post.person.id, "post_reset")
