"""The page of one case under review: whole, or the parts of it that one decision changed."""

import uuid

from flask import render_template, request

from checkup.cases.break_glass import has_access
from checkup.correspondence.unread import note_seen
from checkup.report.glyphs import find_undrawn
from checkup.signoff.screen import Screen, open_screen
from checkup.tickets.reading import list_tickets, read_words
from cloud.partners.case_tickets import list_states
from tenants import audit
from tenants.clock import city_day, now
from tenants.errors import Conflict
from webapp.edge.audiences import actor, staff, staff_work
from webapp.edge.errors import CONFLICTS, fault_text
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.base import Form
from webapp.forms.lawyer import GiveBackForm
from webapp.forms.review import ReviewForms


def me() -> uuid.UUID:
    return staff().person_id


def wants_parts() -> bool:
    """Whether the page's own script asks, which swaps parts in without losing the place."""
    return "X-Parts" in request.headers


def show(checkup_id: uuid.UUID, sent: Form | None = None, notice: str = "") -> str:
    """The whole page; what was typed and not saved is still in its fields."""
    return render_template("lawyer/review.html", **_shown(checkup_id, sent, notice, is_whole=True))


def show_parts(checkup_id: uuid.UUID, risk: str, sent: Form | None = None, notice: str = "") -> str:
    """The finding, the summary and the signature, each with the id of the part that it replaces."""
    return render_template("lawyer/review/parts.html", part=risk, **_shown(checkup_id, sent, notice))


def refused(checkup_id: uuid.UUID, form: Form, conflict: Conflict | None = None) -> tuple[str, int]:
    """The newest state with the reason on top and every typed word kept."""
    if conflict is not None:
        return show(checkup_id, form, _(CONFLICTS[conflict.code])), 409
    notice = " ".join(fault_text(fault) for fault in form.reasons)
    part = show_parts(checkup_id, form.at, form, notice) if form.at and wants_parts() else None
    return part or show(checkup_id, form, notice), 422


def _shown(checkup_id: uuid.UUID, sent: Form | None, notice: str, *, is_whole: bool = False) -> dict[str, object]:
    at = now()
    with staff_work() as work:
        is_emergency = has_access(work, checkup_id=checkup_id, person_id=me(), now=now())
        screen = open_screen(
            work, checkup_id=checkup_id, keys=case_keys(), now=now(), locale=locale(), even_unwanted=is_emergency
        )
        row = screen.opened.open.row
        if is_whole:
            note_seen(work, checkup_id=checkup_id, person_id=me(), now=at)
        audit.note_opened(work, firm_id=row.firm_id, by=actor(), about_id=row.id, owner_id=row.owner_id, now=now())
        held = list_tickets(work, row.id) if is_whole else ()
        tickets = [(one, read_words(work, row, one, case_keys())) for one in held]
        standings = list_states(work, [one.number for one in held])
    checkup = screen.opened.open
    return {
        "screen": screen,
        "review": screen.opened.review,
        "checkup": row,
        "business": checkup.told,
        "pack": checkup.pack,
        "undrawn": find_undrawn(checkup.told.name),
        "may_edit": _is_mine(screen) and screen.stage == "open",
        "is_mine": _is_mine(screen),
        "may_countersign": screen.stage == "with_partner" and not _is_mine(screen) and _is_partner(),
        "also": request.args.getlist("also") or [sent.at if sent else ""],
        "notice": notice,
        "tickets": tickets,
        "standings": standings,
        "today": city_day(at),
        "forms": ReviewForms(sent),
        "giving_back": GiveBackForm(formdata=None, at="return"),
    }


def _is_mine(screen: Screen) -> bool:
    review = screen.opened.review
    return review is not None and review.lawyer_id == me()


def _is_partner() -> bool:
    return "second_sign" in staff().permissions
