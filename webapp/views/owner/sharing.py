"""The owner shares a report by link, sees who opened it, ends it; and what the holder of a link sees."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases import share_ending
from checkup.cases.checkups import get_checkup_row
from checkup.owner import share_links
from checkup.owner.share_tokens import link_digest
from checkup.report.html import render_body
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import audience, owner_work, public_work
from webapp.edge.devices import device_name
from webapp.edge.i18n import locale
from webapp.edge.installation import case_keys, installation
from webapp.forms.owner import ShareForm

blueprint = Blueprint("sharing", __name__)


@blueprint.get("/checkup/<uuid:checkup_id>/share")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id, ShareForm())


def _page(checkup_id: uuid.UUID, form: ShareForm, link: str = "") -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        shared = share_links.list_links(work, row=row, keys=case_keys())
    page = render_template("owner/share.html", checkup=row, links=shared, link=link, form=form, now=now())
    return page, form.status


@blueprint.post("/checkup/<uuid:checkup_id>/share")
@audience(Audience.OWNER)
def make(checkup_id: uuid.UUID) -> tuple[str, int]:
    """The new link is shown once, on this very page."""
    settings, form = installation(), ShareForm()
    if not form.validate():
        return _page(checkup_id, form)
    with owner_work() as work:
        token = share_links.make_link(
            work,
            checkup_id=checkup_id,
            wanted=form.wanted(),
            keys=settings.keyring(),
            public_url=settings.public_url,
            now=now(),
        )
    link = settings.public_url + url_for("sharing.cover", token=token)
    return _page(checkup_id, ShareForm(formdata=None), link)


@blueprint.get("/checkup/<uuid:checkup_id>/share/<level>")
@audience(Audience.OWNER)
def preview(checkup_id: uuid.UUID, level: str) -> str:
    """What a link of this level would show, to its owner first."""
    settings = installation()
    with owner_work() as work:
        report = share_links.shared_report(
            work,
            checkup_id=checkup_id,
            level=level,
            locale=locale(),
            keys=settings.keyring(),
            public_url=settings.public_url,
            now=now(),
        )
        row = get_checkup_row(work, checkup_id)
    return render_template("owner/share_preview.html", checkup=row, level=level, body=render_body(report))


@blueprint.post("/checkup/<uuid:checkup_id>/share/<uuid:share_id>/end")
@audience(Audience.OWNER)
def end(checkup_id: uuid.UUID, share_id: uuid.UUID) -> Response:
    with owner_work() as work:
        share_ending.end_link(work, checkup_id=checkup_id, share_id=share_id, now=now())
    return redirect(url_for("sharing.show", checkup_id=checkup_id))


@blueprint.get("/s/<token>")
@audience(Audience.PUBLIC)
def cover(token: str) -> Response:
    """What a link leads to before anybody opens it, for people and for the machines that fetch links unasked.

    Messengers, mail filters and browsers fetch a link, some under a browser's name, to show or to check it. The
    report is therefore behind a button: what the owner reads as an opening is the act of a person, and no report
    lies in a messenger's cache.
    """
    with public_work(token=link_digest(token)) as work:
        expires_at = share_links.expiry_of(work, token=token, now=now())
    return _hidden_page(render_template("public/shared_cover.html", token=token, expires_at=expires_at))


@blueprint.post("/s/<token>")
@audience(Audience.PUBLIC)
def open_link(token: str) -> Response:
    """Whoever holds the link and opens it reads the snapshot; the opening is noted."""
    device = device_name(request.user_agent.string)
    with public_work(token=link_digest(token)) as work:
        opened = share_links.open_link(work, token=token, device=device, now=now())
    return _hidden_page(render_template("public/shared.html", body=opened.bodies[locale()], opened=opened))


def _hidden_page(page: str) -> Response:
    """Search engines are told to stay away."""
    return Response(page, mimetype="text/html", headers={"X-Robots-Tag": "noindex, nofollow"})
