"""What anyone may see: the city's firms, one firm, going on elsewhere, checking a report."""

import uuid
from collections.abc import Sequence
from typing import cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.parameters.emergencies import list_for_everybody, list_in_force
from bureau.parameters.in_force import list_levels
from bureau.recognition.certificates import list_published
from checkup.cases.checkups import find_started, is_trial_full, start_checkup
from checkup.cases.models import Checkup
from checkup.cases.own_list import OwnEntry, list_own
from checkup.owner.open_firms import is_open, list_open_firms
from checkup.owner.resume_codes import ResumeRefused, ResumeTarget, claim_resume_code, code_digest
from checkup.packs.catalogue import PACK
from cloud.cubes.cells import CHANNELS
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.files import read_file
from tenants.firms import directory
from tenants.firms.profile import find_logo
from tenants.login.throttle import Locked, WrongCode
from tenants.models import Firm
from tenants.people import set_locale, start_guest
from tenants.typed.codes import code
from tenants.verifications import find_verification
from webapp.edge.audiences import audience, own_work, public_work
from webapp.edge.devices import counted_as, remember_device
from webapp.edge.i18n import COOKIE, LOCALES, locale
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import (
    OwnerHere,
    come_in_as_owner,
    current_owner,
    current_staff,
    go_to_checkup,
    own_act,
    remember_browser,
)
from webapp.edge.rates import door
from webapp.edge.targets import is_own_path
from webapp.forms.public import BackForm, DirectoryForm, ResumeCodeForm, StartForm, VerifyForm

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
    own = _own_entries()
    return render_template("public/home.html", firms=found, form=form, banners=banners, own=own)


def _own_entries() -> Sequence[OwnEntry]:
    """What the one who holds this phone has begun, newest first."""
    here = current_owner()
    if here is None:
        return ()
    with unit_of_work(Scope(Audience.SELF, person_id=here.person_id)) as work:
        return list_own(work)


@blueprint.get("/start")
@audience(Audience.PUBLIC)
def start_anywhere() -> Response:
    """To the firm that has time soonest in the district and language asked for, which says why it is that one."""
    form = DirectoryForm(request.args)
    district, language = form.district.data, form.language.data
    with public_work() as work:
        found = list_open_firms(work, district=district, language=language)
    for one in directory.shortest_wait(found, district=district):
        if not _is_trial_full(one):
            return redirect(url_for("public.start", slug=one.slug, picked="wait"))
    return redirect(url_for("public.home", district=district, language=language))


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


@blueprint.get("/f/<slug>/start")
@audience(Audience.PUBLIC)
def start(slug: str) -> str | Response:
    with public_work() as work:
        found = directory.find_firm(work, slug) or abort(404)
        is_here = is_open(work, found.id)
    if not is_here:
        return redirect(url_for("public.firm", slug=slug))
    return _start_page(found, StartForm(), is_picked="picked" in request.args)[0]


def _start_page(found: Firm, form: StartForm, *, is_picked: bool = False) -> tuple[str, int]:
    """`is_picked`: the firm was chosen for her, and the page says why."""
    remember_browser()
    own = _own_entries()
    page = render_template(
        "public/start.html",
        firm=found,
        form=form,
        own=own,
        is_picked=is_picked,
    )
    return page, form.status


@blueprint.post("/f/<slug>/start")
@audience(Audience.PUBLIC)
def begin(slug: str) -> Response | tuple[str, int]:
    with public_work() as work:
        found = directory.find_firm(work, slug) or abort(404)
        is_here = is_open(work, found.id)
    if not is_here or _is_trial_full(found):
        abort(409)
    form = StartForm()
    if not form.validate():
        return _start_page(found, form)
    here = None if form.apart.data else current_owner()
    checkup = _started(found, form, here)
    if here is None:
        come_in_as_owner(OwnerHere(checkup.owner_id, found.id, checkup.id))
    else:
        go_to_checkup(found.id, checkup.id)
    return redirect(url_for("owner.go_on", checkup_id=checkup.id))


def _started(found: Firm, form: StartForm, here: OwnerHere | None) -> Checkup:
    """A new checkup, of a new person where nobody is here; sent twice by one browser, it is the same."""
    once, guest = own_act(f"checkup {form.told()}"), own_act(f"person {form.told()}")
    with public_work(firm_id=found.id) as work:
        if once is not None:
            enter_scope(work, Scope(Audience.OWNER, found.id, guest if here is None else here.person_id))
            if (started := find_started(work, once)) is not None:
                return started
        if here is None:
            enter_scope(work, Scope(Audience.PUBLIC, found.id))
        owner_id = start_guest(work, now(), guest).id if here is None else here.person_id
        enter_scope(work, Scope(Audience.OWNER, found.id, owner_id))
        return start_checkup(
            work,
            firm_id=found.id,
            owner_id=owner_id,
            details=form.details(),
            consents=form.consents(),
            pack_id=PACK,
            locale=locale(),
            keys=installation().keyring(),
            now=now(),
            channel=_channel(),
            once=once,
        )


def _channel() -> str:
    """The door she came through, as the link says; only doors that the statistics know."""
    named = request.args.get("via", "")
    return named if named in CHANNELS else CHANNELS[0]


def _is_trial_full(firm: Firm) -> bool:
    """Counted in the worker's role, because nobody outside the firm may see its checkups."""
    if firm.state != "admitted":
        return False
    with unit_of_work(Scope(Audience.WORKER, firm.id)) as work:
        return is_trial_full(work, firm.id)


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


@blueprint.post("/text-size")
@audience(Audience.PUBLIC)
def text_size() -> Response:
    """Large text in one column, or back to normal."""
    response = _back()
    chosen = "large" if BackForm().size.data == "large" else "normal"
    response.set_cookie(
        "text", chosen, max_age=31536000, samesite="Lax", httponly=True, secure=not installation().is_development
    )
    return response


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
