"""Staff log in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.people import WrongLogin, authenticate, list_memberships
from webapp.audiences import audience, public_work

blueprint = Blueprint("auth", __name__, url_prefix="/auth")


def _safe(target: str) -> str:
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) else url_for("lawyer.queue")


@blueprint.route("/login", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
def login() -> Response | str | tuple[str, int]:
    if request.method == "GET":
        return render_template("auth/login.html", wrong=False, email="")
    email = request.form.get("email", "").strip().lower()[:200]
    try:
        with public_work(token=email) as work:
            person = authenticate(work, email, request.form.get("password", "")[:200])
        with unit_of_work(Scope(Audience.FIRM, person_id=person.id)) as work:
            memberships = list_memberships(work, person.id)
        if not memberships:
            raise WrongLogin
    except WrongLogin:
        return render_template("auth/login.html", wrong=True, email=email), 422
    session.clear()
    session["staff"] = {
        "person": str(person.id), "firm": str(memberships[0].firm_id), "name": person.name, "seen": now().isoformat(),
    }  # fmt: skip
    return redirect(_safe(request.args.get("next", "")))


@blueprint.post("/logout")
@audience(Audience.PUBLIC)
def logout() -> Response:
    session.clear()
    return redirect(url_for("auth.login"))
