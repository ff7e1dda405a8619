"""Files of people back to a reader."""

from werkzeug.wrappers import Response


def send_paper(content: bytes, media_type: str) -> Response:
    """Bytes to one who may read them; a PDF is saved and never opened within the site."""
    answer = Response(content, mimetype=media_type)
    if media_type == "application/pdf":
        answer.headers["Content-Disposition"] = 'attachment; filename="famai.pdf"'
    return answer
