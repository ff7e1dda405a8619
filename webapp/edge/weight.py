"""What travels is small: pages and assets compressed, and an asset kept by the browser until its content changes."""

import functools
import hashlib
from pathlib import Path

from flask import Flask, request
from flask_compress import Compress
from werkzeug.wrappers import Response

_KEPT = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Every `url_for("static", …)` names the version of its file; asked for by it, the file is kept for a year."""
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_ALGORITHM_STREAMING=["br", "gzip"])
    Compress(app)
    folder = Path(app.static_folder or "")

    @functools.cache
    def digest(file: Path, _changed_ns: int) -> str:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:12]

    def version(filename: str) -> str | None:
        file = folder / filename
        return digest(file, file.stat().st_mtime_ns) if file.is_file() else None

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "v" not in values and (named := version(str(values.get("filename")))):
            values["v"] = named

    @app.after_request
    def keep_assets(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 304):
            is_current = request.args.get("v") == version(str((request.view_args or {}).get("filename")))
            response.headers["Cache-Control"] = _KEPT if is_current else "no-cache"
        return response
