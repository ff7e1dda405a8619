"""What a request may be: few doors take files, everywhere else a form is small; no address has control characters."""

from flask import Flask, abort, request

from tenants.typed.text import has_controls
from tenants.uploads import MOST_BYTES as MOST_FILE
from tenants.uploads import MOST_FILES

MOST_FORM = 256 * 1024
MOST_BYTES = {
    "joining.apply": MOST_FILES * MOST_FILE + MOST_FORM,
    "face.save": MOST_FILE + MOST_FORM,
    "relief.apply": MOST_FILES * MOST_FILE + MOST_FORM,
    "relief_status.act": MOST_FILES * MOST_FILE + MOST_FORM,
    "talk.write": MOST_FILES * MOST_FILE + MOST_FORM,
    "talk.answer": MOST_FILES * MOST_FILE + MOST_FORM,
    "fixes.step": MOST_FILES * MOST_FILE + MOST_FORM,
    "standards.recheck": MOST_FILE + MOST_FORM,
    "lawyer_talk.write": MOST_FILES * MOST_FILE + MOST_FORM,
}
_MOST_PARTS = 40


def init_app(app: Flask) -> None:
    """Before anything reads the form, as the check against forged requests does: call this before CSRFProtect."""
    app.config.update(MAX_CONTENT_LENGTH=MOST_FORM, MAX_FORM_MEMORY_SIZE=MOST_FORM)
    app.before_request(_allow)


def _allow() -> None:
    said = (text for pair in request.args.items(multi=True) for text in pair)
    if any(map(has_controls, (request.path, *said))):
        abort(404)
    most = MOST_BYTES.get(request.endpoint or "")
    if most is not None:
        request.max_content_length, request.max_form_parts = most, _MOST_PARTS
