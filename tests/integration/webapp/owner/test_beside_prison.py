"""An owner who reads of prison, in a question's reason, a lesson or her result, has a number to call beside it."""

import pytest

from checkup.lessons.loading import list_lessons
from checkup.packs.catalogue import PACK
from checkup.report.frightening import is_frightening
from tenants.languages import choose
from tests.factories import make_case
from tests.owners import DETAILS, answer_all
from tests.telling_of_prison import left_alone
from tests.visits import be_owner

GRAVE = [one for one in list_lessons(PACK) if any(is_frightening(choose(text, "zh-Hans")) for text in one.text)]


@pytest.fixture(scope="module")
def signed(settings):
    return make_case(settings, "signed", seed=68)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("lesson", GRAVE, ids=[one.id for one in GRAVE])
def test_in_a_lesson(app, signed, lesson, language):
    url = f"/checkup/{signed.checkup_id}/lessons/{lesson.id}"
    page = be_owner(app, signed).get(url, headers={"Accept-Language": language}).text
    assert is_frightening(page)
    assert [*left_alone(page)] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_in_what_came_of_her_answers(app, signed, language):
    for name in ("result", "fixes"):
        url = f"/checkup/{signed.checkup_id}/{name}"
        assert [*left_alone(be_owner(app, signed).get(url, headers={"Accept-Language": language}).text)] == []


def test_in_the_reason_of_a_question(app):
    """What a kitchen never does is asked in a whole checkup."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    answer_all(client, url)
    client.post(f"{url}/submit")
    client.post(f"{url}/deep")
    page = client.get(f"{url}/question/lic.never").text
    assert "可能坐牢" in page
    assert [*left_alone(page)] == []
