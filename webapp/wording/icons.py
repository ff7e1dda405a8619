"""The icons of the house by what they stand for, as inline SVG of Heroicons (MIT, Tailwind Labs).

An icon only helps the eye: the word beside it says the same, so a screen reader is told nothing of it.
"""

from flask import Flask
from heroicons.jinja import heroicon_outline
from markupsafe import Markup

ICONS = {
    "answers": "pencil-square",
    "back": "arrow-left",
    "call": "phone",
    "day": "calendar-days",
    "done": "check-circle",
    "erase": "trash",
    "fees": "banknotes",
    "firm": "building-office-2",
    "lawyer": "scale",
    "lock": "lock-closed",
    "more": "ellipsis-horizontal",
    "messages": "chat-bubble-left-right",
    "paper": "document-text",
    "read": "speaker-wave",
    "result": "clipboard-document-check",
    "share": "share",
    "shop": "building-storefront",
    "speak": "microphone",
    "todo": "list-bullet",
    "trend": "arrow-trending-up",
    "urgent": "exclamation-triangle",
}


def icon(name: str) -> Markup:
    """The icon as it stands in a line, of the letters' size and colour."""
    return Markup(heroicon_outline(ICONS[name], size=None, **{"class": "icon", "aria-hidden": "true"}))  # noqa: S704


def init_app(app: Flask) -> None:
    app.jinja_env.globals["icon"] = icon
