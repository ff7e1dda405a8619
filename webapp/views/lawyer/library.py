"""The firm's finding library: pages for lawyers and the firm's admin."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.packs.catalogue import get_pack
from checkup.packs.values import Pack
from checkup.signoff import citation_checks, text_blocks
from checkup.signoff.text_blocks import BlockDraft
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.wording.codes import PACK

blueprint = Blueprint("library", __name__, url_prefix="/library")
_FIELDS = tuple(BlockDraft.__dataclass_fields__)


def _firm_id() -> uuid.UUID:
    return staff().firm_id or abort(404)


def _draft() -> BlockDraft:
    return BlockDraft(*(request.form.get(field, "") for field in _FIELDS))


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
def new() -> str:
    return _form(None, 0, {"risk": request.args.get("risk", "")}, {})


@blueprint.get("/<uuid:block_id>")
@audience(Audience.FIRM, may="library")
def edit(block_id: uuid.UUID) -> str:
    with staff_work() as work:
        block = text_blocks.get_block(work, firm_id=_firm_id(), block_id=block_id)
    return _form(block.id, block.version, {field: getattr(block, field) or "" for field in _FIELDS}, {})


def _form(
    block_id: uuid.UUID | None, version: int, typed: dict[str, str], faults: dict[str, str], notice: str = ""
) -> str:
    pack: Pack = get_pack(PACK)
    return render_template(
        "lawyer/block.html", id=block_id, version=version, typed=typed, faults=faults, notice=notice, pack=pack
    )


@blueprint.post("/new")
@audience(Audience.FIRM, may="library")
def add() -> Response | tuple[str, int]:
    return _save(None)


@blueprint.post("/<uuid:block_id>")
@audience(Audience.FIRM, may="library")
def save(block_id: uuid.UUID) -> Response | tuple[str, int]:
    return _save(block_id)


def _save(block_id: uuid.UUID | None) -> Response | tuple[str, int]:
    version, typed = request.form.get("version", 0, type=int), request.form.to_dict()
    try:
        with staff_work() as work:
            block = text_blocks.save_block(
                work,
                firm_id=_firm_id(),
                block_id=block_id,
                draft=_draft(),
                version=version,
                pack_id=PACK,
                by=actor().name,
                now=now(),
            )
            audit.note(work, firm_id=_firm_id(), act="block.saved", by=actor(), about_id=block.id)
    except Invalid as invalid:
        return _form(block_id, version, typed, {f.field: fault_text(f) for f in invalid.faults}), 422
    except Conflict:
        notice = _("这条文本刚被别人改过。下面是您写的，请核对后再保存。")
        return _form(block_id, _version_now(block_id), typed, {}, notice), 409
    return redirect(url_for("library.show"))


def _version_now(block_id: uuid.UUID | None) -> int:
    with staff_work() as work:
        return text_blocks.get_block(work, firm_id=_firm_id(), block_id=block_id or abort(404)).version


@blueprint.post("/<uuid:block_id>/retire")
@audience(Audience.FIRM, may="library")
def retire(block_id: uuid.UUID) -> Response:
    with staff_work() as work:
        version = request.form.get("version", -1, type=int)
        text_blocks.retire_block(
            work, firm_id=_firm_id(), block_id=block_id, version=version, by=actor().name, now=now()
        )
        audit.note(work, firm_id=_firm_id(), act="block.saved", by=actor(), about_id=block_id)
    return redirect(url_for("library.show"))
