"""Owner and somebody else press their buttons at the same moment, twenty times: no page fails, nothing stays."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.city import demo_id
from tests.erased import finish, left_of
from tests.factories import make_case
from tests.visits import be_owner, log_in, version_of
from tests.writers import decide_all

ROUNDS = 20


class Race:
    """Owner and somebody else press their buttons at the same moment, over HTTP, as often as asked."""

    def __init__(self, app, settings):
        self.app, self.settings = app, settings
        self.statuses = Counter()

    def run(self, case, other, **form):
        owner, together = be_owner(self.app, case), threading.Barrier(2)

        def press(client, path, data):
            together.wait()
            return client.post(path, data=data).status_code

        with ThreadPoolExecutor(2) as both:
            erased = both.submit(press, owner, f"/checkup/{case.checkup_id}/mine/erase", {})
            beside = both.submit(press, other[0], other[1], form)
            self.statuses[(erased.result(), beside.result())] += 1


@pytest.fixture
def race(app, settings):
    return Race(app, settings)


def after(settings, case, admin_rows):
    """The worker has done what it was asked for; what of an erased case is left."""
    state = admin_rows("SELECT state FROM checkup WHERE id = :id", id=case.checkup_id)[0][0]
    finish(settings, case)
    return left_of(settings, case, admin_rows) if state == "erased" else []


def test_an_erasure_and_a_signature_at_once_never_fail_and_leave_nothing(app, settings, race, admin_rows):
    lawyer = log_in(app, "lawyer1@hubin.example")
    for _ in range(ROUNDS):
        case = make_case(settings, "in_review", seed=50)
        decide_all(settings, case)
        path = f"/lawyer/checkups/{case.checkup_id}"
        race.run(case, (lawyer, f"{path}/sign"), version=version_of(lawyer.get(path).text))
        assert after(settings, case, admin_rows) == []
    assert max(status for pair in race.statuses for status in pair) < 500, race.statuses


def test_an_erasure_and_an_answer_at_once_never_fail_and_leave_nothing(app, settings, race, admin_rows):
    for _ in range(ROUNDS):
        case = make_case(settings, "answering", seed=33)
        path = f"/checkup/{case.checkup_id}/question/con.written"
        race.run(case, (be_owner(app, case), path), answer="unsure")
        assert after(settings, case, admin_rows) == []
    assert max(status for pair in race.statuses for status in pair) < 500, race.statuses


def test_an_erasure_and_a_move_at_once_never_fail_and_leave_nothing(app, settings, race, admin_rows):
    for _ in range(ROUNDS):
        case = make_case(settings, "answering", seed=33)
        path = f"/checkup/{case.checkup_id}/mine/move"
        race.run(case, (be_owner(app, case), path), firm=str(demo_id("jiangwan")))
        assert after(settings, case, admin_rows) == []
    assert max(status for pair in race.statuses for status in pair) < 500, race.statuses
