"""The application factory: one frozen Settings in, one Flask app out."""

import datetime as dt

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from billing.fees.catalogue import get_catalogue
from checkup.report.frightening import is_frightening
from tenants.business_details import FORMS
from tenants.database import configure
from tenants.districts import DISTRICTS
from tenants.login.models import SUISHENBAN
from tenants.login.passkeys import to_base64url
from tenants.sizes import SIZES, TRADES
from webapp.blueprints import MODULES
from webapp.edge import activity, errors, i18n, limits, observed, partner_clients, people_here, rates, weight
from webapp.edge.audiences import STAFF_IDLE
from webapp.operating import incident_mode, modes
from webapp.outside import openid
from webapp.settings import Settings
from webapp.signing_in import doors, proving
from webapp.views.auth import sso
from webapp.views.public import look, machine, webhooks
from webapp.wording import (
    bands,
    call_words,
    case_banner,
    codes,
    hour_words,
    icons,
    mediation_words,
    money_questions,
    money_words,
    provider_words,
    record_words,
    relief_words,
    staff_bar,
    statistic_names,
    waiting_work,
    what_follows,
)
from webapp.wording.outreach import gathering_words, partner_words, queue_words

_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def create_app(settings: Settings) -> Flask:
    """The whole site. `settings.database_url` must be migrated."""
    app = Flask(__name__, template_folder="../templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="session" if settings.is_development else "__Host-session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.is_development,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=30),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["famai"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.tests["frightening"] = is_frightening
    app.jinja_env.globals.update(STAFF_IDLE=STAFF_IDLE, FORMS=FORMS, TRADES=TRADES, DISTRICTS=DISTRICTS, SIZES=SIZES)
    app.jinja_env.globals["imprint"] = settings.imprint
    app.jinja_env.filters["base64url"] = to_base64url
    modes.init_app(app, settings)
    incident_mode.init_app(app)
    codes.init_app(app)
    money_words.init_app(app)
    money_questions.init_app(app)
    bands.init_app(app)
    call_words.init_app(app)
    hour_words.init_app(app)
    icons.init_app(app)
    relief_words.init_app(app)
    provider_words.init_app(app)
    gathering_words.init_app(app)
    queue_words.init_app(app)
    partner_words.init_app(app)
    mediation_words.init_app(app)
    record_words.init_app(app)
    staff_bar.init_app(app)
    waiting_work.init_app(app)
    what_follows.init_app(app)
    doors.init_app(app)
    statistic_names.init_app(app)
    activity.init_app(app)
    case_banner.init_app(app)
    configure(settings.lines, prepares=not settings.has_pooler)
    get_catalogue(settings.fees_file)  # a faulty one stops the start
    limits.init_app(app, settings.passing_dir)
    csrf = CSRFProtect(app)
    csrf.exempt(webhooks.blueprint)  # Stripe signs instead
    csrf.exempt(machine.blueprint)  # no cookie opens these doors
    people_here.init_app(app)
    partner_clients.init_app(app)
    i18n.init_app(app)
    look.init_app(app)
    errors.init_app(app)
    openid.init_app(
        app, {sso.NAME: (settings.oidc, sso.SCOPE), SUISHENBAN: (settings.suishenban, proving.SUISHENBAN_SCOPE)}
    )
    rates.init_app(app, settings)
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    rates.limit_doors(app, settings)
    app.after_request(lambda response: _harden(response, settings))
    observed.init_app(app, settings)
    weight.init_app(app)
    return app


def _harden(response: Response, settings: Settings) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    if not settings.is_development:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if weight.is_asset(response):  # the page that loads it says what it may
        return response
    headers["Content-Security-Policy"] = _CSP
    headers["Referrer-Policy"] = "same-origin"
    microphone = "(self)" if look.may_speak() else "()"
    headers["Permissions-Policy"] = f"camera=(), microphone={microphone}, geolocation=()"
    if not weight.is_kept(response):
        headers["Cache-Control"] = "no-store"
    return response
