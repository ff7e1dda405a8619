"""The fair yardstick: what an answer step must do and nothing else, by hand with psycopg.

A signed cookie, a CSRF token, row-level security, the sealed row read and rendered on GET, locked, unsealed, sealed and
updated on POST, a template of the size of ours. `prepare` makes its table; `BARE_DATABASE_URL` names the database,
`BARE_PAGE_BYTES` the size.
"""

import json
import os
from typing import Any, LiteralString

import psycopg
from flask import Flask, redirect, render_template, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from psycopg import sql
from psycopg_pool import ConnectionPool
from werkzeug.wrappers import Response

from tenants.sealing import seal, unseal

Line = psycopg.Connection[Any]
_ABOUT, _KEY, SECRET = b"fair", bytes(32), "the bench's own"  # nothing secret: one invented row each
QUESTIONS = 40
_PAGE = (
    "<!doctype html><title>Question</title><h1>Question {{ number }}</h1><p>{{ done }} of {{ total }}</p>"
    "<form method=post><input type=hidden name=csrf_token value={{ csrf_token() }}>{% for one in 'abcde' %}<label>"
    "<input type=radio name=answer value={{ one }} {% if one == value %}checked{% endif %}>{{ one }}</label>"
    "{% endfor %}"
    "<button>Next</button></form><footer>{{ rest }}</footer>"
)
_TABLE = """
CREATE TABLE IF NOT EXISTS fair_answers (person text PRIMARY KEY, sealed bytea NOT NULL);
TRUNCATE fair_answers;
ALTER TABLE fair_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE fair_answers FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON fair_answers;
CREATE POLICY own ON fair_answers USING (person = current_setting('app.person', true));
GRANT SELECT, UPDATE ON fair_answers TO famai_owner;
"""


def prepare(admin_url: str, people: int) -> None:
    """The table, with an empty sealed record for each of so many people."""
    with psycopg.connect(admin_url, autocommit=True) as line:
        line.execute(_TABLE)
        line.execute("ALTER TABLE fair_answers NO FORCE ROW LEVEL SECURITY")
        for number in range(people):
            line.execute("INSERT INTO fair_answers VALUES (%s, %s)", (str(number), _sealed({})))
        line.execute("ALTER TABLE fair_answers FORCE ROW LEVEL SECURITY")


def _sealed(record: dict[str, str]) -> bytes:
    return seal(_KEY, json.dumps(record).encode(), _ABOUT)


def _opened(sealed: bytes) -> dict[str, str]:
    return dict(json.loads(unseal(_KEY, sealed, _ABOUT)))


def come_in(app: Flask, number: int) -> tuple[str, str]:
    """The cookie that a person's browser would send, and the token that her forms would hold."""
    with app.test_request_context():
        session["person"] = str(number)
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own, of cookies
        return f"session={signer.dumps(dict(session))}", token


def create_app() -> Flask:
    app = Flask(__name__)
    app.secret_key = SECRET
    CSRFProtect(app)
    pool = ConnectionPool(os.environ.get("BARE_DATABASE_URL", ""), min_size=0, max_size=8, open=False)
    filler = "x" * max(0, int(os.environ.get("BARE_PAGE_BYTES", "0")) - 700)
    page = app.jinja_env.from_string(_PAGE)

    def read(line: Line, query: LiteralString) -> dict[str, str]:
        scope = sql.SQL("SET LOCAL ROLE famai_owner; SET LOCAL app.person = {}")
        line.execute(scope.format(sql.Literal(session["person"])))
        row = line.execute(query).fetchone()
        return _opened(row[0] if row else b"")

    @app.before_request
    def open_pool() -> None:
        pool.open()

    @app.get("/question/<int:number>")
    def question(number: int) -> str:
        with pool.connection() as line:
            record = read(line, "SELECT sealed FROM fair_answers")
        return render_template(
            page, number=number, value=record.get(str(number)), done=len(record), total=QUESTIONS, rest=filler
        )

    @app.post("/question/<int:number>")
    def save(number: int) -> Response:
        with pool.connection() as line:
            record = read(line, "SELECT sealed FROM fair_answers FOR UPDATE")
            record[str(number)] = request.form["answer"]
            line.execute("UPDATE fair_answers SET sealed = %s", (_sealed(record),))
        return redirect(f"/question/{(number + 1) % QUESTIONS}")

    return app
