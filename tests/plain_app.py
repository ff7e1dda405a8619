"""An app of forms and templates alone: no database, no settings."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g

from tests.places import ROOT
from webapp.edge import i18n
from webapp.edge.errors import FAULTS


@contextmanager
def posting() -> Iterator[Flask]:
    """Inside a request that posts; messages are said in zh-Hans."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    i18n.init_app(app)
    app.jinja_env.filters["fault_text"] = lambda fault: FAULTS[fault.code].format(**fault.params)
    with app.test_request_context(method="POST"):
        g.locale = "zh-Hans"
        yield app
