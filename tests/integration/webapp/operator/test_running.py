"""The operator's desk: firms and bureaus, incidents, requests about personal data, releases of packs."""

import datetime as dt
import re

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from checkup.packs.catalogue import PACK, list_versions
from checkup.rollout.releases import pack_in_force
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tests.owners import DETAILS
from tests.visits import log_in
from webapp.cli import main
from webapp.commands.trust import _rotate_firm as rotate
from webapp.outside.text_caps import count_text, texts_today
from webapp.tasks.packs import TASKS

OPERATOR = "operator@famai.example"
NOW, BEFORE = list_versions(PACK)[:2]
BANNER = {"title": "短信密钥外泄", "banner": "短信暂停，请用邮件", "banner_en": "No text messages for now"}
NOTICE = {
    "kinds": "手机号", "cause": "密钥写进了日志", "harm": "可能收到骚扰短信", "done": "已换密钥",
    "advice": "不要点短信里的链接", "contact": "021-12345678",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(settings):
    """`famai …` in this city."""

    def command(*words):
        result = CliRunner().invoke(main, words, env=settings.same_city())
        configure(settings.lines)
        assert result.exit_code == 0, result.output
        return result

    return command


@pytest.fixture(scope="module")
def second_password(run):
    """Of another operator, made by command."""
    result = run("operator", "add", "wu@city.example", "吴工")
    return result.output.strip().rpartition(" / ")[2]


@pytest.fixture
def operator(app):
    return log_in(app, OPERATOR)


@pytest.fixture
def second(app, second_password):
    return log_in(app, "wu@city.example", second_password)


@pytest.fixture
def visitor(app):
    return app.test_client()


@pytest.fixture
def quiet(app, settings):
    """Whatever incident and release a test makes is gone after it."""
    yield
    with psycopg.connect(settings.admin_database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM incident")
        connection.execute("DELETE FROM pack_release")
    app.extensions["famai.incident"].at = -1000.0


def begin_incident(operator, **more):
    assert operator.post("/operator/incident", data=BANNER | more).status_code == 302
    return re.search(r"/operator/incident/([\w-]+)/end", operator.get("/operator/incident").text)[1]


def test_firms_stand_with_their_state_their_limits_and_the_age_of_their_keys(operator):
    page = operator.get("/operator/tenants").text
    assert "上海沪滨律师事务所" in page
    assert "没有一家的密钥用了一年以上" in page
    assert re.search("短信：每天最多5,?000条，今天发了0条", page)
    assert "上海市司法局" in page


def test_texts_that_were_sent_today_are_counted_for_the_operator(operator, settings):
    before = texts_today()
    count_text(settings, "13800138777")
    assert f"今天发了{before + 1}条" in operator.get("/operator/tenants").text


def test_a_key_that_is_more_than_a_year_old_is_the_next_thing_to_do(operator, settings, clock_at):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        rotate(work, settings.keyring(), "hubin")
    clock_at(now() + dt.timedelta(days=800))  # the log has its own clock, the machine's
    page = log_in(operator.application, OPERATOR).get("/operator/tenants").text
    assert "famai keys rotate-firm hubin" in page


def test_the_word_of_an_incident_stands_above_every_page_until_it_ends(operator, visitor, quiet):
    incident = begin_incident(operator)
    for path in ("/", "/f/hubin/start", "/verify/"):
        assert BANNER["banner"] in visitor.get(path).text
    assert BANNER["banner_en"] in visitor.get("/", headers={"Accept-Language": "en"}).text
    assert visitor.post("/f/hubin/start", data=DETAILS).status_code == 302
    operator.post(f"/operator/incident/{incident}/end")
    assert BANNER["banner"] not in visitor.get("/").text


def test_while_it_is_read_only_nothing_is_taken_in_and_people_can_look_and_log_in(operator, app, visitor, quiet):
    incident = begin_incident(operator, is_read_only="yes")
    answer = visitor.post("/f/hubin/start", data=DETAILS)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert DETAILS["name"] in answer.text
    assert visitor.get("/f/hubin/start").status_code == 200
    lawyer = log_in(app, "lawyer1@hubin.example")
    assert lawyer.post("/lawyer/emergency", data={}).status_code == 422  # the door of two lawyers is open
    operator.post(f"/operator/incident/{incident}/end")
    assert visitor.post("/f/hubin/start", data=DETAILS).status_code == 302


def test_alone_it_ends_by_itself_and_with_a_second_person_it_holds(operator, second, visitor, clock_at, quiet, app):
    begun = now()
    incident = begin_incident(operator, is_read_only="yes")
    assert operator.post(f"/operator/incident/{incident}/agree").status_code == 409
    clock_at(begun + dt.timedelta(hours=5))
    app.extensions["famai.incident"].at = -1000.0
    assert BANNER["banner"] not in visitor.get("/").text
    clock_at(begun)
    assert second.post(f"/operator/incident/{incident}/agree").status_code == 302
    clock_at(begun + dt.timedelta(hours=5))
    app.extensions["famai.incident"].at = -1000.0
    assert BANNER["banner"] in visitor.get("/").text


def test_one_incident_at_a_time(operator, quiet):
    begin_incident(operator)
    assert operator.post("/operator/incident", data=BANNER).status_code == 409


def test_the_draft_of_the_notice_says_what_the_law_wants(operator, quiet):
    incident = begin_incident(operator)
    assert operator.post(f"/operator/incident/{incident}/notice", data=NOTICE | {"harm": ""}).status_code == 422
    operator.post(f"/operator/incident/{incident}/notice", data=NOTICE)
    page = operator.get("/operator/incident").text
    assert [words for words in NOTICE.values() if words not in page] == []


def test_a_database_that_is_away_ends_no_incident(operator, visitor, monkeypatch, app, quiet):
    begin_incident(operator)
    assert BANNER["banner"] in visitor.get("/").text

    def away():
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("webapp.operating.incident_mode.read_standing", away)
    app.extensions["famai.incident"].at = -1000.0
    assert BANNER["banner"] in visitor.get("/").text


def test_everybody_reads_of_an_incident_its_word_alone(operator, quiet):
    begin_incident(operator)
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(Audience.PUBLIC)) as work:
        work.execute(text("SELECT title FROM incident"))


REQUEST = {"kind": "erase", "came_by": "letter", "reference": "2026-0031", "received_on": "2026-11-20"}


def test_a_request_has_fifteen_working_days_from_the_day_it_came(operator, admin_rows):
    assert operator.post("/operator/requests", data=REQUEST).status_code == 302
    ((request, due),) = admin_rows("SELECT id, due_on FROM data_request WHERE reference = '2026-0031'")
    assert due == dt.date(2026, 12, 11)
    settled = {"move": "refuse", "outcome": ""}
    assert operator.post(f"/operator/requests/{request}/settle", data=settled).status_code == 422
    settled["outcome"] = "不是本人"
    assert operator.post(f"/operator/requests/{request}/settle", data=settled).status_code == 302
    assert operator.post(f"/operator/requests/{request}/settle", data=settled).status_code == 409
    assert "已拒绝：不是本人" in re.sub(r"\s+", "", operator.get("/operator/requests").text)


def test_a_request_that_came_tomorrow_is_refused(operator):
    assert operator.post("/operator/requests", data=REQUEST | {"received_on": "2027-01-01"}).status_code == 422


def propose(operator, **more):
    fields = {"version": BEFORE, "others": NOW, "share": "0", "firms": "hubin", "why": "新题有错"}
    assert operator.post("/operator/packs", data=fields | more).status_code == 302
    return re.search(r"/operator/packs/([\w-]+)/drop", operator.get("/operator/packs").text)[1]


def version_at(slug):
    with unit_of_work(Scope(Audience.OWNER, demo_id(slug), demo_id("anybody"))) as work:
        return pack_in_force(work, PACK, demo_id(slug)).version


def test_a_release_takes_two_people_and_what_it_would_change(operator, second, settings, quiet):
    release = propose(operator)
    assert operator.post(f"/operator/packs/{release}/release").status_code == 409
    assert second.post(f"/operator/packs/{release}/release").status_code == 409  # not yet measured
    TASKS["measure_pack_release"](settings, release_id=release)
    assert "份体检重算" in second.get("/operator/packs").text
    assert version_at("hubin") == NOW
    assert second.post(f"/operator/packs/{release}/release").status_code == 302
    assert (version_at("hubin"), version_at("jiangwan")) == (BEFORE, NOW)


def test_it_is_taken_back_at_once_by_one_person(operator, second, settings, quiet):
    release = propose(operator, share="100")
    TASKS["measure_pack_release"](settings, release_id=release)
    second.post(f"/operator/packs/{release}/release")
    assert version_at("jiangwan") == BEFORE
    assert operator.post(f"/operator/packs/{release}/stop").status_code == 302
    assert (version_at("hubin"), version_at("jiangwan")) == (NOW, NOW)


def test_a_new_checkup_takes_the_version_of_its_firm_and_a_draft_is_offered_it(
    operator, second, visitor, settings, admin_rows, quiet
):
    url = visitor.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    release = propose(operator)
    TASKS["measure_pack_release"](settings, release_id=release)
    second.post(f"/operator/packs/{release}/release")
    later = operator.application.test_client().post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    version = "SELECT pack_version FROM checkup WHERE id = :id"
    assert admin_rows(version, id=url.rpartition("/")[2]) == [(NOW,)]
    assert admin_rows(version, id=later.rpartition("/")[2]) == [(BEFORE,)]
    assert visitor.get(f"{url}/newer").status_code == 200


def test_one_proposal_at_a_time_and_no_stage_without_a_firm(operator, quiet):
    propose(operator)
    fields = {"version": BEFORE, "others": NOW, "share": "10", "why": "x"}
    assert operator.post("/operator/packs", data=fields).status_code == 409
    operator.post(f"/operator/packs/{propose_id(operator)}/drop")
    assert operator.post("/operator/packs", data=fields | {"share": "0"}).status_code == 422
    assert operator.post("/operator/packs", data=fields | {"others": BEFORE}).status_code == 422


def propose_id(operator):
    return re.search(r"/operator/packs/([\w-]+)/drop", operator.get("/operator/packs").text)[1]


@pytest.mark.parametrize("path", ["tenants", "incident", "requests", "packs"])
def test_others_do_not_see_these_pages(app, path):
    for email in ("officer@city.example", "lawyer1@hubin.example"):
        assert log_in(app, email).get(f"/operator/{path}").status_code == 404
