"""The pages of mending: what owner, lawyer and bureau reach, and what refusals say."""

import datetime as dt
import io
import re

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from PIL import Image

from tenants.clock import city_day, now
from tests.factories import make_case
from tests.visits import be_owner, log_in
from webapp.cli import main


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


@pytest.fixture
def owner(app, case):
    return be_owner(app, case)


@pytest.fixture
def url(case):
    return f"/checkup/{case.checkup_id}"


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def first_risk(page):
    return re.search(r"/fixes/([\w.-]+)/step", page)[1]


def photo():
    out = io.BytesIO()
    Image.new("RGB", (900, 700), "green").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "门口.png"


def claim(owner, url, **data):
    risk = first_risk(owner.get(f"{url}/fixes").text)
    form = {"step": "claim", "why": "", **data}
    return risk, owner.post(f"{url}/fixes/{risk}/step", data=form, content_type="multipart/form-data")


def test_the_owner_claims_with_a_photo_that_the_lawyer_sees_and_confirms(owner, lawyer, url, case):
    risk, answer = claim(owner, url, photo=[photo()])
    assert answer.status_code == 302
    page = lawyer.get(f"/lawyer/checkups/{case.checkup_id}/fixes").text
    shown = lawyer.get(re.search(r'src="(/lawyer/[^"]+/proof/[^"]+)"', page)[1])
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    answer = lawyer.post(f"/lawyer/checkups/{case.checkup_id}/fixes/{risk}", data={"step": "confirm", "why": "很好"})
    assert answer.status_code == 302
    page = owner.get(f"{url}/fixes").text
    assert "律师说办好了" in page
    assert "很好" in page


def test_what_is_no_photo_is_refused_and_the_words_are_kept(owner, url):
    _, answer = claim(owner, url, why="门修好了", photo=[(io.BytesIO(b"MZ not a picture"), "a.exe")])
    assert answer.status_code == 422
    assert "只收照片" in answer.text
    assert "门修好了" in answer.text


def test_a_claim_without_anything_says_what_is_missing(owner, url):
    _, answer = claim(owner, url)
    assert answer.status_code == 422
    assert "请拍张照，或者写一句怎么办好的。" in answer.text


def test_a_stranger_reaches_neither_fixes_nor_photos(app, owner, url):
    claim(owner, url, photo=[photo()])
    proof = re.search(r'src="(/checkup/[^"]+/proof/[^"]+)"', owner.get(f"{url}/fixes").text)[1]
    assert owner.get(proof).status_code == 200
    stranger = app.test_client()
    for address in (proof, f"{url}/fixes", f"{url}/fixes.ics", f"{url}/trend", f"{url}/share", f"{url}/rating"):
        assert stranger.get(address).status_code == 404


def test_another_firms_lawyer_and_a_colleague_without_a_conflict_check_see_nothing(app, owner, url, case):
    risk, _ = claim(owner, url, why="好了")
    page = f"/lawyer/checkups/{case.checkup_id}/fixes"
    assert log_in(app, "lawyer1@jiangwan.example").get(page).status_code == 404
    colleague = log_in(app, "lawyer2@hubin.example")
    assert colleague.get(page).status_code == 404
    assert colleague.post(f"{page}/{risk}", data={"step": "confirm", "why": ""}).status_code == 404


def test_her_own_day_moves_the_calendar_file(owner, url):
    risk = first_risk(owner.get(f"{url}/fixes").text)
    day = city_day(now()) + dt.timedelta(days=40)
    assert owner.post(f"{url}/fixes/{risk}/day", data={"day": "2020-01-01"}).status_code == 422
    assert owner.post(f"{url}/fixes/{risk}/day", data={"day": day.isoformat()}).status_code == 302
    calendar = Calendar.from_ical(owner.get(f"{url}/fixes.ics").data)
    days = {str(event["uid"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    assert next(on for uid, on in days.items() if risk in uid) == day


def test_a_reminder_by_text_needs_a_number_and_is_kept(owner, url):
    form = {"channel": "sms", "days_before": "3", "address": "123"}
    refused = owner.post(f"{url}/fixes/reminders", data=form)
    assert refused.status_code == 422
    assert "11位数字" in refused.text
    owner.post(f"{url}/fixes/reminders", data={**form, "address": "138 0013 8000"})
    assert 'value="13800138000"' in owner.get(f"{url}/fixes").text


def test_a_link_is_shown_once_opened_by_a_stranger_and_ended(app, owner, url):
    made = owner.post(f"{url}/share", data={"level": "bank", "days": "7", "label": "建行"}).text
    link = re.search(r"(/s/[\w-]{40,})", made)[1]
    assert link not in owner.get(f"{url}/share").text
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"}
    shown = app.test_client().post(link, headers=phone)
    assert "给银行看的一份" in shown.text
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert shown.mimetype == "text/html"
    page = owner.get(f"{url}/share").text
    assert "微信" in page
    end = re.search(r'action="(/checkup/[^"]+/end)"', page)[1]
    assert owner.post(end).status_code == 302
    assert app.test_client().get(link).status_code == 404
    assert app.test_client().post(link).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "agent",
    [
        "WeChat/8.0 preview", "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0", "TelegramBot (like TwitterBot)",
        "Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0",
    ],
)  # fmt: skip
def test_whoever_only_fetches_a_link_reads_nothing_and_has_not_opened_it(app, owner, url, method, agent):
    made = owner.post(f"{url}/share", data={"level": "bank", "days": "7", "label": ""}).text
    link = re.search(r"(/s/[\w-]{40,})", made)[1]
    before = owner.get(f"{url}/mine/export.json").json["shares"]
    fetched = app.test_client().open(link, method=method.upper(), headers={"User-Agent": agent, "Purpose": "prefetch"})
    assert fetched.status_code == 200
    assert "给银行看的一份" not in fetched.text
    assert "noindex" in fetched.headers["X-Robots-Tag"]
    assert owner.get(f"{url}/mine/export.json").json["shares"] == before


def test_a_preview_shows_what_the_link_would(owner, url):
    assert "给房东看的一份" in owner.get(f"{url}/share/landlord").text
    assert owner.get(f"{url}/share/tax-office").status_code == 404


def test_a_recheck_shows_the_last_answers_as_such(owner, url):
    again = owner.post(f"{url}/again").location.rstrip("/")
    page = owner.get(again, follow_redirects=True).text
    assert "上次的回答都在这里" in page
    question = re.search(rf"{again}/question/[\w.-]+", page)[0]
    assert "这是上次的回答" in owner.get(question).text
    assert owner.post(f"{again}/submit").status_code == 302
    trend = owner.get(f"{again}/trend").text
    assert trend.count('<th scope="row"') == 2


def test_a_good_rating_is_thanked_for_and_a_bad_one_offers_somebody_else(app, owner, url):
    good = owner.post(f"{url}/rating", data={"useful": "5", "clear": "5", "kind": "4"}, follow_redirects=True).text
    assert "谢谢" in good
    assert "请别人打给我" not in good
    bad = owner.post(f"{url}/rating", data={"useful": "2", "clear": "5", "kind": "4"}, follow_redirects=True).text
    assert "请别人打给我" in bad
    called = owner.post(f"{url}/rating/call", data={"call": "yes", "phone": "13900139000"}, follow_redirects=True).text
    assert "收到了" in called
    assert "13900139000" in called


def test_a_rating_without_an_answer_is_refused_with_the_rest_kept(owner, url):
    answer = owner.post(f"{url}/rating", data={"useful": "5", "words": "还行"})
    assert answer.status_code == 422
    assert "还行" in answer.text


def test_letting_it_be_opens_no_complaint(owner, url):
    owner.post(f"{url}/rating", data={"useful": "1", "clear": "1", "kind": "1"})
    page = owner.post(f"{url}/rating/call", data={"call": "no"}, follow_redirects=True).text
    assert "请别人打给我" not in page
    assert "收到了" not in owner.get(f"{url}/complaint").text


def test_the_bureau_answers_and_the_owner_reads_the_answer(app, owner, url, case):
    owner.post(f"{url}/complaint", data={"words": "三天没人回话。", "phone": ""})
    officer = log_in(app, "officer@baoshan.example")
    pages = re.findall(r"/bureau/complaints/[\w-]+", officer.get("/bureau/complaints").text)
    mine = next(page for page in pages if "三天没人回话。" in officer.get(page).text)
    shown = officer.get(mine).text
    assert str(case.checkup_id) not in shown
    assert log_in(app, "officer@city.example").get(mine).status_code == 200
    assert officer.post(f"{mine}/settle", data={"outcome": ""}).status_code == 422
    assert officer.post(f"{mine}/take").status_code == 302
    assert officer.post(f"{mine}/settle", data={"outcome": "已换律师。"}).status_code == 302
    assert officer.post(f"{mine}/take").status_code == 409
    assert "已换律师。" in owner.get(f"{url}/complaint").text


def test_the_firm_sets_after_how_many_months_to_look_again(app, case, owner, url):
    admin = log_in(app, "lawyer1@hubin.example")
    face = {"slug": "hubin", "colour": "#1f5c4d", "languages": ["zh-Hans"], "revisit_months": "30"}
    assert admin.post("/firm/face", data=face).status_code == 422
    assert admin.post("/firm/face", data={**face, "revisit_months": "6"}).status_code == 302


def test_the_copy_to_take_away_has_everything_about_the_mending(owner, url):
    claim(owner, url, why="六个人都签了")
    owner.post(f"{url}/rating", data={"useful": "5", "clear": "5", "kind": "4", "words": "很好"})
    owner.post(f"{url}/share", data={"level": "bank", "days": "7", "label": "建行"})
    owner.post(f"{url}/complaint", data={"words": "三天没人回话。"})
    copy = owner.get(f"{url}/mine/export.json").text
    for said in ("六个人都签了", "很好", "建行", "三天没人回话。"):
        assert said in copy
    assert '"sealed' not in copy


def test_a_law_that_no_pack_cites_is_refused_by_name():
    answer = CliRunner().invoke(main, ["pack", "law-change", "civil-kode", "1", "2027-01-01"])
    assert answer.exit_code == 1
    assert "civil-kode" in answer.output


@pytest.fixture
def short_pages(monkeypatch):
    """Lists are long from three things on."""
    for place in ("checkup.fixes.planning", "webapp.views.owner.fixes"):
        monkeypatch.setattr(f"{place}.A_PAGE", 2)
    for few in ("THIS_WEEK", "THIS_MONTH"):
        monkeypatch.setattr(f"checkup.fixes.planning.{few}", 1)


def shown_risks(page):
    return list(dict.fromkeys(re.findall(r'id="fix-([\w.-]+)"', page)))


def test_what_can_wait_is_turned_over_page_by_page(owner, url, short_pages):
    first = owner.get(f"{url}/fixes").text
    assert "part=later" in first
    pages = [owner.get(f"{url}/fixes?part=later&page={number}").text for number in (1, 2)]
    assert [len(shown_risks(page)) for page in pages] == [2, 1]
    assert not set(shown_risks(first)) & {risk for page in pages for risk in shown_risks(page)}


def test_after_a_step_she_is_back_on_the_page_of_that_thing(owner, url, short_pages):
    risk = shown_risks(owner.get(f"{url}/fixes?part=later&page=2").text)[0]
    answer = owner.post(f"{url}/fixes/{risk}/step", data={"step": "take", "why": ""})
    assert risk in shown_risks(owner.get(answer.location).text)
