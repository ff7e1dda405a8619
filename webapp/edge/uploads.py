"""Sealed files back to a reader."""

from werkzeug.wrappers import Response

from checkup.correspondence.models import CaseFile
from tenants.uploads import CheckedFile


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
