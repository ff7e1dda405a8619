"""Where somebody is sent on to: a path of this site, whatever stood in the address."""

from flask import jsonify, redirect, request
from werkzeug.wrappers import Response


def onward(path: str) -> Response:
    """To the next page; the script of a page that goes on by one tap (`static/question.js`) is told where."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(onward=path)
    return redirect(path)


def is_own_path(target: str) -> bool:
    """A path that no browser reads as another site: it drops tabs and line ends, and takes a backslash for a slash."""
    return target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
