"""Files of people: on their way in, and back to a reader.

What comes before its form is named by a ticket that only its sender's page holds (`docs/decisions/0025`).
"""

import base64
import datetime as dt
import secrets

from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.upload_parts import KEPT, Upload
from webapp.edge.installation import installation


def send_paper(content: bytes, media_type: str) -> Response:
    """Bytes to one who may read them; a PDF is saved and never opened within the site."""
    answer = Response(content, mimetype=media_type)
    if media_type == "application/pdf":
        answer.headers["Content-Disposition"] = 'attachment; filename="famai.pdf"'
    return answer


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(installation().secret_key, salt="upload")


def make_ticket(name: str, size: int) -> str:
    """For a file that will come in parts: signed by us, so that its size and its day hold."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return str(_signed().dumps([key, name, size, (now() + KEPT).timestamp()]))


def find_upload(ticket: str) -> Upload | None:
    """What a ticket of ours names, while it is kept."""
    try:
        key, name, size, ends_at = _signed().loads(ticket)
    except BadSignature:
        return None
    upload = Upload(base64.b64decode(key), name, size, dt.datetime.fromtimestamp(ends_at, dt.UTC))
    return upload if now() < upload.ends_at else None
