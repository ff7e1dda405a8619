"""What travels is small: pages compressed; style sheets and scripts made as small as they get, once, and kept by the
browser until their content changes."""

import functools
import gzip
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import brotli
from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_compress import Compress
from werkzeug.wrappers import Response as AnyResponse

_ASSET = "static"  # the endpoint of style sheets and scripts
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_KEPT = "public, max-age=31536000, immutable"
_KEPT_BY_ONE = "private, max-age=31536000, immutable"
_COMMENT_IN_STYLE = re.compile(r"/\*.*?\*/", re.DOTALL)


class _Asset(NamedTuple):
    version: str
    kind: str
    coded: Mapping[str, bytes]  # by Content-Encoding; plain under ""


class _Sessions(SecureCookieSessionInterface):
    """An asset says nothing of cookies, or a browser would fetch it again after each."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_asset(response):
            super().save_session(app, session, response)


def is_asset(response: AnyResponse) -> bool:
    """Whether this is a style sheet or a script: the same for everybody, and no page."""
    return request.endpoint == _ASSET and response.status_code in (200, 304)


def keep_private(response: AnyResponse) -> None:
    """One browser may keep it for a year: its address names its content, and nothing in it is of a person."""
    response.headers["Cache-Control"] = _KEPT_BY_ONE


def is_kept(response: AnyResponse) -> bool:
    return response.headers.get("Cache-Control") == _KEPT_BY_ONE


def make_lean(name: str, text: str) -> str:
    """Without comments, indents and empty lines. A script has a line for each comment, and no text over several."""
    is_script = name.endswith(".js")
    lines = (line.strip() for line in (text if is_script else _COMMENT_IN_STYLE.sub("", text)).splitlines())
    return "\n".join(line for line in lines if line and not (is_script and line.startswith("//")))


def init_app(app: Flask) -> None:
    """Every `url_for("static", …)` names the version of its file; asked for by it, the file is kept for a year."""
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_ALGORITHM_STREAMING=["br", "gzip"])
    Compress(app)
    app.session_interface = _Sessions()
    folder = Path(app.static_folder or "")

    @functools.cache
    def made(name: str, _changed_ns: int) -> _Asset:
        lean = make_lean(name, (folder / name).read_text(encoding="utf-8")).encode()
        coded = {"": lean, "gzip": gzip.compress(lean, mtime=0), "br": brotli.compress(lean)}
        return _Asset(hashlib.sha256(lean).hexdigest()[:12], _KINDS[Path(name).suffix], coded)

    @functools.lru_cache(maxsize=256)  # whoever asks for more names asks for none of ours
    def is_ours(name: str) -> bool:
        return (folder / name).parent == folder and Path(name).suffix in _KINDS

    def find(name: str) -> _Asset | None:
        try:  # a page names ten of them, so of each no more is asked than when it changed
            return made(name, os.stat(f"{folder}/{name}").st_mtime_ns) if is_ours(name) else None
        except (OSError, ValueError):
            return None

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == _ASSET and "v" not in values and (asset := find(str(values.get("filename")))):
            values["v"] = asset.version

    def serve(filename: str) -> Response:
        asset = find(filename) or abort(404)
        coding = next((one for one in ("br", "gzip") if request.accept_encodings[one]), "")
        response = Response(asset.coded[coding], mimetype=asset.kind)
        if coding:
            response.headers["Content-Encoding"] = coding
        if request.args.get("v") == asset.version:
            response.headers["Cache-Control"] = _KEPT
            return response
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(f"{asset.version}{coding}")
        response.make_conditional(request)
        return response

    app.view_functions[_ASSET] = serve
