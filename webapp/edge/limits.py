"""What a request may be: few doors take files, everywhere else a form is small; no address has control characters."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar, cast

from flask import Flask, Request, abort, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from tenants.files import has_space
from tenants.passing_files import PassingFile
from tenants.typed.text import has_controls
from tenants.uploads import MOST_BYTES, MOST_FILES
from webapp.edge.installation import installation

MOST_FORM = 256 * 1024
MOST_NUMBER = 2**31 - 1
_MOST_PARTS = 40
_View = TypeVar("_View", bound=Callable[..., object])


class Number(IntegerConverter):
    """A number in an address that a column can hold; any other leads nowhere."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(map, fixed_digits, min, MOST_NUMBER if max is None else max)


def takes_files(most: int = MOST_FILES) -> Callable[[_View], _View]:
    """A view whose form may bring this many files. Stands beneath `audience`."""

    def mark(view: _View) -> _View:
        vars(view).update(most_bytes=most * MOST_BYTES + MOST_FORM)
        return view

    return mark


def init_app(app: Flask, folder: Path) -> None:
    """Before anything reads the form, as the check against forged requests does: call this before CSRFProtect.

    `folder`: where large files out of forms lie until they are answered.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    class Sent(Request):
        def _get_file_stream(self, *of: object, **named: object) -> IO[bytes]:
            return cast(IO[bytes], PassingFile(folder))

    app.request_class = Sent
    app.config.update(MAX_CONTENT_LENGTH=MOST_FORM, MAX_FORM_MEMORY_SIZE=MOST_FORM)
    app.url_map.converters["int"] = Number
    app.before_request(_allow)


def most_bytes(app: Flask, method: str, path: str) -> int:
    """Of a body for this address, before anything else is known of the request."""
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return MOST_FORM
    return getattr(app.view_functions[endpoint], "most_bytes", MOST_FORM)


def _allow() -> None:
    said = (text for pair in request.args.items(multi=True) for text in pair)
    if any(map(has_controls, (request.path, *said))):
        abort(404)
    most = getattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes", None)
    if most is not None:
        request.max_content_length, request.max_form_parts = most, _MOST_PARTS
        if (request.content_length or 0) > MOST_FORM and not has_space(installation().files_url):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
