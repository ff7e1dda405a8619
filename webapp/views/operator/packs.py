"""Releases of the pack that owners answer: proposed by one, released by another, in stages, taken back at once."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from checkup.packs.catalogue import PACK, get_pack, list_versions
from checkup.packs.versions import compare_questions
from checkup.rollout import releases
from checkup.rollout.models import PackRelease
from checkup.rollout.rules import count_in
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.firms.directory import list_firms
from tenants.models import Firm
from webapp.campaigns.shown_screens import screens_page
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.people_here import fresh
from webapp.forms.operator import PackReleaseForm
from webapp.wording.running_words import RELEASE_REFUSALS

blueprint = Blueprint("packs", __name__, url_prefix="/operator/packs")


@dataclass(frozen=True)
class Difference:
    """From the version of the others to the one released: questions and risks that come, change and go."""

    new: int
    changed: int
    gone: int
    new_risks: int
    gone_risks: int


def _difference(row: PackRelease) -> Difference | None:
    """None where a version no longer ships."""
    known = list_versions(row.pack_id)
    if row.version not in known or row.others not in known:
        return None
    old, new = get_pack(row.pack_id, row.others), get_pack(row.pack_id, row.version)
    marks = list(compare_questions(old, new).values())
    kept = {one for question in new.questions for one in (question.id, *question.replaces)}
    was, becomes = {one.id for one in old.risks}, {one.id for one in new.risks}
    return Difference(
        marks.count("new"),
        marks.count("changed"),
        sum(question.id not in kept for question in old.questions),
        len(becomes - was),
        len(was - becomes),
    )


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def show() -> tuple[str, int]:
    return _page(PackReleaseForm())


def _page(form: PackReleaseForm, said: str = "") -> tuple[str, int]:
    with staff_work() as work:
        rows = releases.list_releases(work, PACK)
        found, firms = releases.find_decided(work, PACK), list_firms(work)
    decided = next((row for row in rows if found and row.id == found.id), None)
    form.offer(list_versions(PACK), firms)
    proposed = next((row for row in rows if row.state == "proposed"), None)
    ids = [firm.id for firm in firms]
    page = render_template(
        "operator/packs.html",
        ships=get_pack(PACK).version,
        decided=decided,
        proposed=proposed,
        difference=_difference(proposed) if proposed else None,
        inside={row.id: count_in(row, ids) for row in rows},
        firms=len(firms),
        before=[row for row in rows if row is not proposed and (decided is None or row.id != decided.id)],
        me=staff(),
        form=form,
        said=said,
    )
    return page, 409 if said else form.status


@blueprint.get("/screens")
@audience(Audience.OPERATOR, may="operate")
def screens() -> str:
    """Where people stop, for whoever writes the questions."""
    return screens_page("packs.show", _("体检包"))


@blueprint.post("")
@audience(Audience.OPERATOR, may="operate")
@fresh
def propose() -> Response | tuple[str, int]:
    form = PackReleaseForm()
    try:
        with staff_work() as work:
            form.offer(list_versions(PACK), list_firms(work))
            with form.faults_of_domain():
                if form.validate():
                    releases.propose(
                        work,
                        pack_id=PACK,
                        version=form.version.data,
                        others=form.others.data,
                        share=form.share.data,
                        firms=work.scalars(select(Firm.id).where(Firm.slug.in_(form.firms.data))).all(),
                        why=form.why.data,
                        by=actor(),
                        now=now(),
                    )
                    return redirect(url_for("packs.show"))
    except Conflict:
        return _page(form, _("已经有一次发布等另一位同意，请先定下来。"))
    return _page(form)


@blueprint.post("/<uuid:release_id>/<any(release, drop, stop):step>")
@audience(Audience.OPERATOR, may="operate")
@fresh
def change(release_id: uuid.UUID, step: str) -> Response | tuple[str, int]:
    """A second person releases, anybody drops what is proposed or stops what is released."""
    acts = {"release": releases.release, "drop": releases.drop, "stop": releases.stop}
    try:
        with staff_work() as work:
            acts[step](work, release_id=release_id, by=actor(), now=now())
    except Conflict as conflict:
        return _page(PackReleaseForm(formdata=None), _(RELEASE_REFUSALS[conflict.code]))
    return redirect(url_for("packs.show"))
