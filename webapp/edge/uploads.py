"""Files of people: on their way in, and back to a reader.

What comes before its form is named by a ticket that only its sender's page holds (`docs/decisions/0025`).
"""

import base64
import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from checkup.fixes import proofs
from checkup.fixes.proofs import SealedFile
from tenants.clock import now
from tenants.files import kept_if_done
from tenants.sealed_files import OpenFile
from tenants.typed.text import one_line
from tenants.upload_parts import KEPT, PART, Upload, has_room, write_part
from tenants.uploads import MOST_BYTES, CheckedFile
from webapp.edge.installation import case_keys, installation

_MOST_NAME = 100


def send_sealed(file: OpenFile, media_type: str) -> Response:
    """A file of a case, block by block as each is checked. Its length is said before: what breaks off is seen to."""
    return Response(file.blocks, mimetype=media_type, headers={"Content-Length": str(file.size)})


def send_paper(content: OpenFile | bytes, media_type: str) -> Response:
    """To one who may read it; a PDF is saved and never opened within the site."""
    if isinstance(content, OpenFile):
        answer = send_sealed(content, media_type)
    else:
        answer = Response(content, mimetype=media_type)
    if media_type == "application/pdf":
        answer.headers["Content-Disposition"] = 'attachment; filename="famai.pdf"'
    return answer


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(installation().secret_key, salt="upload")


def make_ticket(name: str, size: int) -> str:
    """For a file that will come in parts: signed by us, so that its size and its day hold."""
    return _sign(_new_upload(name, size))


def _new_upload(name: str, size: int) -> Upload:
    return Upload(secrets.token_bytes(32), name, size, now() + KEPT)


def _sign(upload: Upload) -> str:
    key = base64.b64encode(upload.key).decode()
    return str(_signed().dumps([key, upload.name, upload.size, upload.ends_at.timestamp()]))


def _keep(name: str, content: bytes) -> str:
    """A ticket for a file that came with its form, which is to be shown again; "" where the store is full."""
    files_url = installation().files_url
    if not 0 < len(content) <= MOST_BYTES or not has_room(files_url):
        return ""
    upload = _new_upload(name, len(content))
    for number in range(upload.parts):
        write_part(files_url, upload, number, content[number * PART : (number + 1) * PART])
    return _sign(upload)


def keep_sent(given: FileStorage) -> str:
    """The same of one as it came, for a page whose button sends all of it again."""
    given.stream.seek(0)
    return _keep(shown_name(given.filename or ""), given.stream.read(MOST_BYTES + 1))


def shown_name(name: str) -> str:
    """The name as others will see it: one printable line."""
    return one_line(name)[-_MOST_NAME:]


def find_upload(ticket: str) -> Upload | None:
    """What a ticket of ours names, while it is kept."""
    try:
        key, name, size, ends_at = _signed().loads(ticket)
    except BadSignature:
        return None
    upload = Upload(base64.b64decode(key), name, size, dt.datetime.fromtimestamp(ends_at, dt.UTC))
    return upload if now() < upload.ends_at else None


@contextmanager
def sealed_photos(
    owners_work: Callable[[], AbstractContextManager[Session]],
    checkup_id: uuid.UUID,
    photos: list[tuple[str, CheckedFile]],
) -> Iterator[list[SealedFile]]:
    """The photos sealed and in their place while their step is written; refused, they go. Raises: NotFound."""
    sealed: list[SealedFile] = []
    if photos:
        with owners_work() as session:
            sealed = [
                proofs.seal_proof(session, checkup_id=checkup_id, file=file, keys=case_keys()) for _name, file in photos
            ]
    with kept_if_done(installation().files_url, {one.path: one.sealed for one in sealed}):
        yield sealed
