"""The yardstick: a bare Flask + SQLAlchemy app on the same PostgreSQL, one template, one insert, under row-level
security as ours is. `prepare` makes its table; `BARE_DATABASE_URL` names the database.
"""

import os

import psycopg
from flask import Flask, redirect, render_template_string, request
from sqlalchemy import Identity, String, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response

_PAGE = (
    "<!doctype html><title>Question</title><h1>Question {{ number }}</h1><form method=post>"
    "{% for one in 'abcde' %}<label><input type=radio name=answer value={{ one }}>{{ one }}</label>{% endfor %}"
    "<button>Next</button></form>"
)
_TABLE = """
CREATE TABLE IF NOT EXISTS bare_answer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, firm text NOT NULL, question int NOT NULL, value text NOT NULL
);
ALTER TABLE bare_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE bare_answer FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON bare_answer;
CREATE POLICY own ON bare_answer USING (firm = current_setting('app.firm', true));
GRANT SELECT, INSERT ON bare_answer TO famai_owner;
"""


class _Base(DeclarativeBase):
    pass


class _Answer(_Base):
    __tablename__ = "bare_answer"
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    firm: Mapped[str] = mapped_column(String)
    question: Mapped[int]
    value: Mapped[str] = mapped_column(String)


def prepare(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(_TABLE)


def create_app() -> Flask:
    app = Flask(__name__)
    engine = create_engine(os.environ["BARE_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:", 1))
    scope = text("SET LOCAL ROLE famai_owner; SET LOCAL app.firm = 'one'")

    @app.get("/question/<int:number>")
    def question(number: int) -> str:
        return render_template_string(_PAGE, number=number)

    @app.post("/question/<int:number>")
    def save(number: int) -> Response:
        with Session(engine) as session, session.begin():
            session.execute(scope)
            session.add(_Answer(firm="one", question=number, value=request.form["answer"]))
        return redirect(f"/question/{(number + 1) % 40}")

    return app
