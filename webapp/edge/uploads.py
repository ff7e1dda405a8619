"""Files out of a request, and sealed files back to a reader."""

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from checkup.correspondence.models import CaseFile
from tenants.errors import FieldFault, Invalid
from tenants.uploads import MOST_BYTES, MOST_FILES, CheckedFile, check_file


def checked_files(field: str, *, least: int = 0) -> list[tuple[str, CheckedFile]]:
    """The files of the field, each with the name to show. Raises: Invalid with every fault of every file."""
    given = [file for file in request.files.getlist(field) if file.filename]
    faults: list[FieldFault] = []
    if not least <= len(given) <= MOST_FILES:
        faults.append(FieldFault(field, "number_of_files", {"most": MOST_FILES}))
    files = list[tuple[str, CheckedFile]]()
    for file in given[:MOST_FILES]:
        try:
            files.append((shown_name(file), check_file(file.stream.read(MOST_BYTES + 1), field)))
        except Invalid as invalid:
            faults += invalid.faults
    if faults:
        raise Invalid(tuple(faults))
    return files


def shown_name(file: FileStorage) -> str:
    """The name as others will see it: one printable line."""
    return "".join(c for c in (file.filename or "") if c.isprintable())[-100:]


def send_sealed(file: CheckedFile) -> Response:
    """A file that was sealed, to one who may read it; a PDF is saved and never opened within the site."""
    answer = Response(file.content, mimetype=file.media_type)
    if file.media_type == "application/pdf":
        answer.headers["Content-Disposition"] = 'attachment; filename="famai.pdf"'
    return answer


def send_file(row: CaseFile, content: bytes) -> Response:
    """The plain bytes to the one who may read them; a PDF is saved and never opened within the site."""
    answer = Response(content, mimetype=row.media_type)
    if row.media_type == "application/pdf":
        answer.headers["Content-Disposition"] = f'attachment; filename="{row.id}.pdf"'
    return answer
