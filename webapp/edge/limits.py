"""How large a request may be. Few doors take files; everywhere else a form is small."""

from flask import Flask, request

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
    most = MOST_BYTES.get(request.endpoint or "")
    if most is not None:
        request.max_content_length, request.max_form_parts = most, _MOST_PARTS
