"""A delegate's list of those she helps, what she was asked and said yes to, one of them, and the end of it."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.delegates.accepting import accept, get_waiting, leave, list_waiting
from checkup.delegates.models import Delegation
from checkup.delegates.reading import get_client, is_told, list_clients, open_granted, walk_in_areas
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Domain, Pack
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from webapp.edge.audiences import audience, delegate_work, owner
from webapp.edge.installation import case_keys
from webapp.forms.helpers import DelegateDutyForm
from webapp.views.delegate.gate import beside_owner, while_asked

blueprint = Blueprint("delegate", __name__, url_prefix="/for")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.DELEGATE)
def home() -> str:
    """Everybody by name, those first with whom something waits."""
    with delegate_work() as work:
        return render_template("delegate/home.html", asked=list_waiting(work), clients=list_clients(work, case_keys()))


@blueprint.get("/asked/<uuid:delegation_id>")
@audience(Audience.DELEGATE)
@while_asked
def asked(delegation_id: uuid.UUID) -> _Answer:
    return _asked_page(delegation_id, DelegateDutyForm(formdata=None))


def _asked_page(delegation_id: uuid.UUID, form: DelegateDutyForm) -> _Answer:
    with delegate_work() as work:
        found = get_waiting(work, delegation_id)
    areas = _areas_of(get_pack(PACK), found)
    return render_template("delegate/accept.html", asked=found, areas=areas, form=form), form.status


@blueprint.post("/asked/<uuid:delegation_id>")
@audience(Audience.DELEGATE)
@while_asked
def say_yes(delegation_id: uuid.UUID) -> _Answer:
    """Yes to secrecy and to what is asked."""
    form = DelegateDutyForm()
    if not form.validate():
        return _asked_page(delegation_id, form)
    with delegate_work() as work:
        accept(work, delegation_id=delegation_id, person_id=owner().person_id, now=now())
    return redirect(url_for("delegate.show", delegation_id=delegation_id))


@blueprint.post("/asked/<uuid:delegation_id>/no")
@audience(Audience.DELEGATE)
@while_asked
def say_no(delegation_id: uuid.UUID) -> Response:
    with delegate_work() as work:
        found = get_waiting(work, delegation_id)
        enter_scope(work, Scope(Audience.OWNER, found.firm_id, found.owner_id))
        leave(work, found=found, person_id=owner().person_id, now=now())
    return redirect(url_for("delegate.home"))


@blueprint.get("/<uuid:delegation_id>")
@audience(Audience.DELEGATE)
@while_asked
def show(delegation_id: uuid.UUID) -> str:
    """What is hers with this owner, and the one thing that comes next."""
    with delegate_work() as work:
        client = get_client(work, delegation_id)
        held, walked, is_early = client.delegation, None, False
        if client.may_fill:
            opened = open_granted(work, delegation_id, case_keys(), lock=False).opened()
            walked, is_early = walk_in_areas(opened, held), not is_told(opened)
    pack = get_pack(client.checkup.pack_id, client.checkup.pack_version)
    return render_template(
        "delegate/client.html", client=client, areas=_areas_of(pack, held), walked=walked, is_early=is_early
    )


def _areas_of(pack: Pack, held: Delegation) -> list[Domain]:
    """The areas that she was asked to fill, in the pack's order."""
    return [one for one in pack.domains if one.id in held.list_areas()]


@blueprint.post("/<uuid:delegation_id>/leave")
@audience(Audience.DELEGATE)
@while_asked
def stop(delegation_id: uuid.UUID) -> Response:
    """She does not want to any more, and reads nothing from now on."""
    with beside_owner(delegation_id) as (work, held):
        leave(work, found=held, person_id=owner().person_id, now=now())
    return redirect(url_for("delegate.home"))
