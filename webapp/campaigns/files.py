"""Kits and reports of campaigns on their way to whoever asked, an officer of the bureau or of a partner."""

from flask import request
from werkzeug.wrappers import Response

from webapp.campaigns.papers import Kit, print_kit
from webapp.campaigns.report import TYPES as REPORT_TYPES
from webapp.campaigns.report import Told, write_report
from webapp.drawn_papers import TYPES as KIT_TYPES
from webapp.edge.downloads import file_response
from webapp.edge.installation import installation


def send_kit(kit: Kit, size: str, locale: str, kind: str) -> Response:
    """To be shown, or taken away where the address says so. Raises: NotFound."""
    content = print_kit(kit, size=size, locale=locale, kind=kind, public_url=installation().public_url)
    name = f"{kit.link.code}-{size}-{locale}.{kind}"
    return file_response(content, KIT_TYPES[kind], name, is_shown=kind == "svg" and "download" not in request.args)


def send_report(told: Told, kind: str) -> Response:
    """Raises: NotFound."""
    return file_response(write_report(told, kind), REPORT_TYPES[kind], f"{told.campaign.number}.{kind}")
