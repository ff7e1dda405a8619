"""A sheet of paper at a station where two help: one types, the other types again and settles."""

import re

import pytest

from tests.helping import HELPER, log_in_colleague
from tests.sheets import ON_PAPER, printed, typed_once
from tests.visits import log_in


@pytest.fixture(scope="module")
def helper(app):
    return log_in(app, HELPER)


@pytest.fixture(scope="module")
def colleague(app):
    return log_in_colleague(app)


@pytest.fixture
def code(settings):
    return printed()


def test_a_colleague_types_again_at_once_and_the_first_only_the_next_day(helper, colleague, code):
    entry = typed_once(helper, code)
    assert helper.get(entry).status_code == 409
    assert colleague.post(entry, data=ON_PAPER).location == f"{entry}/settle"
    assert "两遍一模一样" in colleague.get(f"{entry}/settle").text


def test_whoever_settles_helps_on_and_the_slip_is_hers_to_print(app, helper, colleague, code):
    entry = typed_once(helper, code)
    colleague.post(entry, data=ON_PAPER)
    page = colleague.post(f"{entry}/settle", data={}).text
    client = re.search(r"/helper/clients/[0-9a-f-]{36}", page)[0]
    slip = colleague.post(f"{client}/slip").text
    number, claim = re.findall(r"<strong>([^<]+)</strong>", slip)[:2]
    browser = app.test_client()
    assert "claimed" in browser.post("/claim", data={"number": number, "code": claim}).location
    assert colleague.get(client).status_code == 404
