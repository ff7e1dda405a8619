"""A file comes in parts before its form: each part again until it is there, whatever the line does."""

from flask import Blueprint, abort, jsonify, request
from werkzeug.wrappers import Response

from tenants.database import Audience
from tenants.errors import Conflict
from tenants.upload_parts import PART, has_room, write_part
from webapp.edge.audiences import audience
from webapp.edge.errors import fault_text
from webapp.edge.installation import installation
from webapp.edge.rates import door
from webapp.edge.uploads import find_upload, make_ticket, shown_name
from webapp.forms.files import UploadForm

blueprint = Blueprint("uploads", __name__, url_prefix="/uploads")
TICKET = "Upload-Ticket"  # a header: what opens a file stands in no log


@blueprint.post("")
@audience(Audience.PUBLIC)
@door
def begin() -> Response | tuple[Response, int]:
    """A ticket for a file of this name and size, and how large its parts are. Where none is given the file goes with
    its form."""
    form = UploadForm()
    if not form.validate():
        return jsonify(fault=" ".join(fault_text(one) for one in form.reasons)), form.status
    _refuse_where_full()
    return jsonify(ticket=make_ticket(shown_name(form.name.data), form.size.data), part=PART)


@blueprint.put("/<int:number>")
@audience(Audience.PUBLIC)
def take(number: int) -> tuple[str, int]:
    """One part of the file that the ticket names; the same part again changes nothing."""
    upload = find_upload(request.headers.get(TICKET, "")) or abort(404)
    _refuse_where_full()
    write_part(installation().files_url, upload, number, request.get_data())
    return "", 204


def _refuse_where_full() -> None:
    """Asked at each part too: the store was emptier when its ticket was given. Raises: Conflict `not_now`."""
    if not has_room(installation().files_url):
        raise Conflict("not_now")
