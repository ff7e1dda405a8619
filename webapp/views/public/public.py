"""What anyone may see: the city's firms, one firm, going on elsewhere, checking a report."""

import uuid
from functools import lru_cache
from typing import cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.parameters.emergencies import list_for_everybody, list_in_force
from bureau.parameters.in_force import list_levels
from bureau.recognition.certificates import list_published
from checkup.owner.open_firms import is_open, list_open_firms
from checkup.owner.resume_codes import ResumeRefused, ResumeTarget, claim_resume_code, code_digest
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.files import read_file
from tenants.firms import directory
from tenants.firms.profile import find_logo
from tenants.firms.reception import has_reception
from tenants.login.throttle import Locked, WrongCode
from tenants.people import set_locale
from tenants.typed.codes import code
from tenants.uploads import draw_small
from tenants.verifications import find_verification
from webapp.edge.audiences import audience, own_work, public_work
from webapp.edge.devices import counted_as, remember_device
from webapp.edge.i18n import COOKIE, LOCALES
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import OwnerHere, come_in_as_owner, current_owner, current_staff
from webapp.edge.rates import door
from webapp.edge.targets import is_own_path
from webapp.edge.weight import keep_private
from webapp.forms.public import BackForm, DirectoryForm, ResumeCodeForm, VerifyForm
from webapp.views.public.own_entries import own_entries

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@audience(Audience.PUBLIC)
def home() -> str:
    """The directory of the city's firms, by district and language."""
    form = DirectoryForm(request.args)
    district, language = form.district.data, form.language.data
    with public_work() as work:
        found = list_open_firms(work, district=district, language=language)
        banners = list_for_everybody(work, on=city_day(now()))
        begins = has_reception(work)
    own = own_entries()
    return render_template("public/home.html", firms=found, form=form, banners=banners, own=own, begins=begins)


@blueprint.get("/f/<slug>")
@audience(Audience.PUBLIC)
def firm(slug: str) -> str:
    with public_work() as work:
        found = directory.find_firm(work, slug) or abort(404)
        is_here = is_open(work, found.id)
        banners = list_in_force(work, on=city_day(now()), levels=list_levels(work, found.bureau_id))
    with public_work(firm_id=found.id) as work:
        published = list_published(work, firm_id=found.id)
    return render_template("public/firm.html", firm=found, is_open=is_here, published=published, banners=banners)


@blueprint.get("/f/<slug>/face.css")
@audience(Audience.PUBLIC)
def face(slug: str) -> Response:
    """The firm's colour as a style sheet: the page itself carries no inline style."""
    with public_work() as work:
        found = directory.find_firm(work, slug) or abort(404)
    return Response(f":root {{ --green: {found.colour}; }}\n", mimetype="text/css")


@blueprint.get("/f/<slug>/logo")
@audience(Audience.PUBLIC)
def logo(slug: str) -> Response:
    with public_work() as work:
        row = find_logo(work, directory.find_firm(work, slug) or abort(404)) or abort(404)
    return Response(read_file(installation().files_url, row.path), mimetype=row.media_type)


@blueprint.get("/f/<slug>/logo/small")
@audience(Audience.PUBLIC)
def small_logo(slug: str) -> Response:
    """For cards; the browser keeps it under the version that the address names."""
    with public_work() as work:
        row = find_logo(work, directory.find_firm(work, slug) or abort(404)) or abort(404)
    response = Response(_draw_small(installation().files_url, row.path), mimetype="image/webp")
    if request.args.get("v") == str(row.id):
        keep_private(response)
    return response


@lru_cache(maxsize=128)
def _draw_small(files_url: str, path: str) -> bytes:
    return draw_small(read_file(files_url, path))


def _owner_with_phone() -> uuid.UUID | None:
    """An owner who came in by phone keeps all her businesses under one name."""
    here = current_owner()
    return here.person_id if here is not None and here.has_phone else None


@blueprint.route("/resume", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@door
def resume() -> Response | str | tuple[str, int]:
    form = ResumeCodeForm()
    if not form.validate_on_submit():
        return render_template("public/resume.html", refused=None, form=form), form.status
    result = _claim(form)
    if not isinstance(result, ResumeTarget):
        return render_template("public/resume.html", refused=result.code, form=form), 422
    has_phone = _owner_with_phone() == result.person_id
    come_in_as_owner(OwnerHere(result.person_id, result.firm_id, result.checkup_id, has_phone))
    remember_device(code_digest(form.code.data, installation().pepper))
    return redirect(url_for("owner.go_on", checkup_id=result.checkup_id))


def _claim(form: ResumeCodeForm) -> ResumeTarget | ResumeRefused:
    """Wrong phones are counted for a code that lives: a stranger's apart from those of a browser that had the code."""
    settings, typed, phone = installation(), form.code.data, form.phone.data
    digest = code_digest(typed, settings.pepper)
    with public_work(token=digest) as work:
        found = claim_resume_code(work, code=typed, phone=phone, pepper=settings.pepper, now=now())
    opened = found if isinstance(found, ResumeTarget) else None
    if opened is None and cast(ResumeRefused, found).code != "wrong_phone":
        return found
    try:
        return guard(settings, "resume", counted_as(digest), lambda _, tried: opened)
    except WrongCode:
        return found
    except Locked:
        return ResumeRefused("locked")


@blueprint.get("/verify/")
@audience(Audience.PUBLIC)
def verify_any() -> Response | str:
    """A field for the number on a paper."""
    form = VerifyForm(request.args)
    if form.number.data:
        return redirect(url_for("public.verify", number=form.number.data))
    return render_template("public/verify_any.html", form=form)


@blueprint.get("/verify/<number>")
@audience(Audience.PUBLIC)
def verify(number: str) -> tuple[str, int]:
    """However the number is typed: capitals or not, with blanks or hyphens or in full width."""
    plain, form = code(number), VerifyForm(formdata=None, data={"number": number})
    with public_work(token=plain) as work:
        found = find_verification(work, plain)
    page = render_template("public/verify.html", found=found, form=form, today=city_day(now()))
    return page, 200 if found else 404


@blueprint.get("/privacy")
@audience(Audience.PUBLIC)
def privacy() -> str:
    return render_template("public/privacy.html")


def _back() -> Response:
    """To the page one came from, a path of this site only."""
    target = BackForm().back.data or "/"
    return redirect(target if is_own_path(target) else "/")


@blueprint.post("/language")
@audience(Audience.PUBLIC)
def language() -> Response:
    response = _back()
    chosen = BackForm().locale.data
    if chosen in LOCALES:
        response.set_cookie(
            COOKIE, chosen, max_age=31536000, samesite="Lax", httponly=True, secure=not installation().is_development
        )
        if (member := current_staff()) is not None:
            with own_work() as work:
                set_locale(work, person_id=member.person_id, locale=chosen)
    return response


@blueprint.get("/healthz")
@audience(Audience.PUBLIC)
def healthz() -> str:
    """This process answers; whether it can serve is `/readyz`."""
    return "ok"
