"""While the database is away everybody is told so, and told when to come again: the page asks it for nobody."""

import psycopg
import pytest

from tenants import database
from tests.factories import make_case
from tests.ports import free_port
from tests.visits import be_owner, log_in


@pytest.fixture
def readers(app, settings):
    """A browser of each kind that holds a session, and one that holds none, while nothing listens any more."""
    case = make_case(settings, "submitted")
    staff = {name: log_in(app, email) for name, email in STAFF.items()}
    held = {"owner": (be_owner(app, case), f"/checkup/{case.checkup_id}/result"), "stranger": (app.test_client(), "/")}
    gone = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    database.configure(database.Lines(gone, gone))
    yield held | {name: (client, "/auth/home") for name, client in staff.items()}
    database.configure(settings.lines)


STAFF = {"lawyer": "lawyer1@hubin.example", "officer": "officer@city.example", "operator": "operator@famai.example"}


@pytest.mark.parametrize("reader", ["owner", "stranger", *STAFF])
def test_everybody_is_told_that_it_is_away_and_when_to_come_again(readers, reader):
    client, address = readers[reader]
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5")


@pytest.mark.parametrize("broken", ["_row_of", "_send"])
def test_a_line_that_breaks_again_on_the_second_try_is_told_alike(app, settings, monkeypatch, broken):
    case = make_case(settings, "submitted")
    client = be_owner(app, case)

    def break_off(*_):
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(database, broken, break_off)
    assert client.get(f"/checkup/{case.checkup_id}/result").status_code == 503
