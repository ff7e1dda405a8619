"""The first page of a new installation: its first bureau and officer, by the link that `famai setup` printed."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, FieldFault
from tenants.login.first_run import begin_city, has_begun
from webapp.edge.audiences import audience, public_work
from webapp.edge.installation import installation
from webapp.edge.rates import door
from webapp.forms.auth import FirstRunForm
from webapp.operating.first_run_links import is_genuine
from webapp.operating.reception import open_here

blueprint = Blueprint("first_run", __name__, url_prefix="/first-run")
_GONE = 410


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
def show(token: str) -> tuple[str, int]:
    _check(token)
    with public_work() as work:
        if has_begun(work):
            return _gone()
    return render_template("auth/first_run.html", form=FirstRunForm()), 200


@blueprint.post("/<token>")
@audience(Audience.PUBLIC)
@door
def begin(token: str) -> Response | tuple[str, int]:
    """The link stands for the operator, who alone could make it; with the first bureau it is used up."""
    _check(token)
    form = FirstRunForm()
    if not form.validate():
        return render_template("auth/first_run.html", form=form), form.status
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as work:
            begin_city(
                work,
                name=form.name.data,
                name_en=form.name_en.data or form.name.data,
                district=form.district.data or None,
                officer=form.officer.data,
                email=form.email.data,
                password=form.password.data,
                now=now(),
            )
        open_here(installation())
    except Conflict:
        return _gone()
    except IntegrityError:
        form.refuse(FieldFault("email", "taken"))
        return render_template("auth/first_run.html", form=form), form.status
    return redirect(url_for("auth.login"))


def _check(token: str) -> None:
    if not is_genuine(installation(), token):
        abort(404)


def _gone() -> tuple[str, int]:
    return render_template("auth/first_run_gone.html"), _GONE
