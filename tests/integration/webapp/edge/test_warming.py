"""Once a process is warm, no owner waits for a page to be compiled."""

import pytest

from tests.factories import make_case
from tests.visits import be_owner
from webapp.app import create_app
from webapp.warming import warm_up

PAGES = ("result", "fixes", "messages", "mine", "trend", "share", "letter", "hours", "fees", "lessons", "ways", "help")


@pytest.fixture(scope="module")
def warm(settings):
    """A web process that has warmed up and must not compile any more."""

    def compile_late(*_, **named):
        raise AssertionError(f"{named} was not ready")

    app = create_app(settings)
    warm_up(app)
    app.jinja_env.compile = compile_late
    return app


@pytest.mark.parametrize("page", ["/", "/privacy", "/look", "/me/phone", "/resume", "/fees"])
def test_a_page_for_everybody_is_ready(warm, page):
    assert warm.test_client().get(page).status_code == 200


@pytest.fixture(scope="module")
def signed(settings):
    return make_case(settings, "signed", seed=68)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_case_is_ready(warm, signed, page):
    assert be_owner(warm, signed).get(f"/checkup/{signed.checkup_id}/{page}").status_code == 200


def test_a_question_is_ready(warm, settings):
    case = make_case(settings, "answering", seed=1)
    answer = be_owner(warm, case).get(f"/checkup/{case.checkup_id}", follow_redirects=True)
    assert answer.status_code == 200
    assert "data-autosave" in answer.text
