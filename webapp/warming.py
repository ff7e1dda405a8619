"""What the first visitors of a new process would have to wait for, read while it already serves.

Not the table of traditional characters: it weighs more than all else here and comes in a tenth of a second.
"""

import threading

import flask_babel
from flask import Flask
from sqlalchemy.orm import configure_mappers

from checkup.aid.loading import find_aid
from checkup.lessons.loading import list_lessons
from checkup.packs.catalogue import get_pack, list_packs
from checkup.report.html import prepare
from checkup.ways.loading import list_disputes
from tenants.garbage import settle
from tenants.languages import LOCALES
from tenants.login.credentials import nobodys_hash

# Whoever waits for these sits at a phone; staff are here all day and meet a page for the first time once.
_PAGES = ("owner/", "public/", "macros/", "case.html", "layout.html")


def warm_up_beside(app: Flask) -> None:
    """Warm up on a thread of its own: the start waits for nothing, and whoever comes meanwhile is served."""
    threading.Thread(target=_warm_up_and_settle, args=(app,), daemon=True).start()


def warm_up(app: Flask) -> None:
    """The packs that new checkups take and what lies beside them, the words in every language, the owner's pages."""
    configure_mappers()
    nobodys_hash()
    for pack_id in list_packs():
        get_pack(pack_id)
        list_lessons(pack_id)
        list_disputes(pack_id)
        find_aid(pack_id)
    for locale in LOCALES:
        prepare(locale)
        with app.test_request_context(), flask_babel.force_locale(locale.replace("-", "_")):
            flask_babel.get_translations()
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(_PAGES)):
        app.jinja_env.get_template(name)


def _warm_up_and_settle(app: Flask) -> None:
    warm_up(app)
    settle()
