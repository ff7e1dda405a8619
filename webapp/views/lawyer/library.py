"""The firm's finding library: pages for lawyers and the firm's admin."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.packs.catalogue import PACK, get_pack
from checkup.signoff import citation_checks, text_blocks
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.lawyer import BlockForm
from webapp.forms.staff import VersionForm

blueprint = Blueprint("library", __name__, url_prefix="/library")


def _firm_id() -> uuid.UUID:
    return staff().firm_id or abort(404)


@blueprint.get("/")
@audience(Audience.FIRM, may="library")
def show() -> str:
    with staff_work() as work:
        held = text_blocks.list_blocks(work, firm_id=_firm_id())
        pack = get_pack(PACK)
        faults = {block.id: citation_checks.block_faults(work, block=block, pack=pack, now=now()) for block in held}
    return render_template("lawyer/library.html", held=held, faults=faults, pack=pack)


@blueprint.get("/new")
@audience(Audience.FIRM, may="library")
def new() -> tuple[str, int]:
    return _form(None, BlockForm(data={"version": 0, "risk": request.args.get("risk", "")}))


@blueprint.get("/<uuid:block_id>")
@audience(Audience.FIRM, may="library")
def edit(block_id: uuid.UUID) -> tuple[str, int]:
    with staff_work() as work:
        block = text_blocks.get_block(work, firm_id=_firm_id(), block_id=block_id)
    return _form(block.id, BlockForm(obj=block))


def _form(block_id: uuid.UUID | None, form: BlockForm, notice: str = "") -> tuple[str, int]:
    form.offer(get_pack(PACK))
    page = render_template("lawyer/block.html", id=block_id, form=form, notice=notice)
    return page, 409 if notice else form.status


@blueprint.post("/new")
@audience(Audience.FIRM, may="library")
def add() -> Response | tuple[str, int]:
    return _save(None)


@blueprint.post("/<uuid:block_id>")
@audience(Audience.FIRM, may="library")
def save(block_id: uuid.UUID) -> Response | tuple[str, int]:
    _version_now(block_id)  # a block that is not theirs is not found, whatever else is wrong
    return _save(block_id)


def _save(block_id: uuid.UUID | None) -> Response | tuple[str, int]:
    form = BlockForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    block = text_blocks.save_block(
                        work,
                        firm_id=_firm_id(),
                        block_id=block_id,
                        draft=form.draft(),
                        version=form.version.data if block_id else 0,
                        pack_id=PACK,
                        by=actor().name,
                        now=now(),
                    )
                    audit.note(work, firm_id=_firm_id(), act="block.saved", by=actor(), about_id=block.id)
                return redirect(url_for("library.show"))
    except Conflict:
        form.version.show(_version_now(block_id))
        return _form(block_id, form, _("这条文本刚被别人改过。下面是您写的，请核对后再保存。"))
    return _form(block_id, form)


def _version_now(block_id: uuid.UUID | None) -> int:
    with staff_work() as work:
        return text_blocks.get_block(work, firm_id=_firm_id(), block_id=block_id or abort(404)).version


@blueprint.post("/<uuid:block_id>/retire")
@audience(Audience.FIRM, may="library")
def retire(block_id: uuid.UUID) -> Response:
    with staff_work() as work:
        version = VersionForm().version.data
        text_blocks.retire_block(
            work, firm_id=_firm_id(), block_id=block_id, version=version, by=actor().name, now=now()
        )
        audit.note(work, firm_id=_firm_id(), act="block.saved", by=actor(), about_id=block_id)
    return redirect(url_for("library.show"))
