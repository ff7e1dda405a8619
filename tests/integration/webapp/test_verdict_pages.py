"""What owner and lawyer read of a verdict: her answers in their options' own words, what held the grade and why, and
each day called what it is."""

import datetime as dt
import io
from types import SimpleNamespace

import pytest
import yaml
from pypdf import PdfReader

from checkup.cases.checkups import list_findings, open_checkup
from checkup.cases.told_risks import told_risks
from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring.answers_file import parse_answers
from demo import cases
from demo.city import demo_id
from tenants.business_details import describe
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tests.factories import owner_scope
from tests.places import ROOT
from tests.reading import as_read
from tests.visits import be_owner, log_in
from tests.working_off import work_but_papers

SHIPPED = get_pack(PACK)
LAWYER = "lawyer1@hubin.example"
PAST = "已经过了"


@pytest.fixture
def make_golden(settings, monkeypatch):
    """A case of a golden business, with some answers of its own."""

    def make(name, state, **changed):
        story = yaml.safe_load((ROOT / f"tests/golden/{name}.yaml").read_text(encoding="utf-8"))
        given = parse_answers(SHIPPED, {key: story[key] for key in ("profile", "answers", "today")})
        kept = {"form", "trade", "staff", "revenue", "assets", "district"}
        facts = {key: value for key, value in given.profile.items() if key in kept}
        made = describe(name="王姐面馆", **{"revenue": 50.0, "assets": 20.0, "district": "310113", **facts})
        answers = given.answers | {key.replace("__", ".").replace("_", "-"): value for key, value in changed.items()}
        monkeypatch.setattr(cases.simulation, "make_details", lambda rng: made)
        monkeypatch.setattr(cases.simulation, "make_character", lambda rng: None)
        monkeypatch.setattr(cases.simulation, "walk", lambda *_, **__: answers)
        rng = SimpleNamespace(random=lambda: 0.9)
        return cases.add_case(
            settings, rng, firm_id=demo_id("hubin"), state=state, lawyer_id=demo_id("hubin:1"), at=now()
        )

    return make


def day(before):
    return (city_day(now()) - dt.timedelta(days=before)).isoformat()


@pytest.fixture
def drowning(make_golden):
    """Her letter came two days ago: the last day to answer is still to come."""
    return make_golden("noodle-drowning", "in_review", dis__letter_on=day(2))


@pytest.fixture
def late(make_golden):
    """Her letter came two months ago: the day has passed."""
    return make_golden("noodle-drowning", "signed", dis__letter_on=day(60))


def own_words(question, value):
    """The options' texts as the pack writes them, whatever the pages do."""
    if value == UNSURE:
        return ["不清楚 / 不想说"]
    chosen = value if isinstance(value, tuple | list) else (value,)
    return [option.text["zh-Hans"] for option in question.options if option.id in chosen]


def answers_of(client, case):
    exported = client.get(f"/checkup/{case.checkup_id}/mine/export.json").json
    return {entry["question"]: entry for entry in exported["answers"]}


def test_the_export_gives_every_answer_in_its_options_own_words(app, drowning):
    told = answers_of(be_owner(app, drowning), drowning)
    assert len(told) > 40
    for name, entry in told.items():
        if (question := SHIPPED.question(name)).options:
            assert entry["in_words"]["zh-Hans"] == "；".join(own_words(question, entry["value"]))


def test_the_lawyer_reads_answers_in_their_options_own_words(app, drowning):
    text = as_read(log_in(app, LAWYER).get(f"/lawyer/checkups/{drowning.checkup_id}").text)
    shown = {
        name: any(words in text for words in own_words(SHIPPED.question(name), entry["value"]))
        for name, entry in answers_of(be_owner(app, drowning), drowning).items()
        if SHIPPED.question(name).options and SHIPPED.question(name).text["zh-Hans"] in text
    }
    assert len(shown) > 10
    assert all(shown.values()), shown


def result_of(app, case):
    return as_read(be_owner(app, case).get(f"/checkup/{case.checkup_id}/result").text)


def pdf_of(app, settings, case, pages=slice(None)):
    work_but_papers(settings, of=case.checkup_id)
    pdf = be_owner(app, case).get(f"/checkup/{case.checkup_id}/report.pdf").data
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages[pages]).replace("\n", "")


def test_result_review_and_pdf_say_which_answer_is_behind_a_finding(app, settings, drowning):
    behind = SHIPPED.question("saf.exits").text["zh-Hans"]
    for text in (result_of(app, drowning), pdf_of(app, settings, drowning)):
        assert "因为" in text
        assert behind in text.replace(" ", "")
    review = as_read(log_in(app, LAWYER).get(f"/lawyer/checkups/{drowning.checkup_id}").text)
    assert "因为" in review


def test_result_review_and_pdf_name_what_held_the_grade(app, settings, make_golden):
    case = make_golden("capital-2050", "in_review")
    title = SHIPPED.risk("gov.capital-term").title["zh-Hans"]
    review = as_read(log_in(app, LAWYER).get(f"/lawyer/checkups/{case.checkup_id}").text)
    for text in (result_of(app, case), review, pdf_of(app, settings, case)):
        assert f"等级先定在B，因为还没办好：{title}" in text.replace(" ", "")


def test_a_live_legal_day_is_called_one_on_every_page(app, settings, drowning):
    review = as_read(log_in(app, LAWYER).get(f"/lawyer/checkups/{drowning.checkup_id}").text)
    for text in (result_of(app, drowning), review, pdf_of(app, settings, drowning)):
        assert "法律规定的期限" in text
        assert PAST not in text


def test_a_day_that_is_past_stays_on_every_page_with_what_to_do(app, settings, late):
    client, lawyer = be_owner(app, late), log_in(app, LAWYER)
    url = f"/checkup/{late.checkup_id}"
    for text in (
        result_of(app, late),
        pdf_of(app, settings, late),
        as_read(client.get(f"{url}/fixes").text),
        client.get(f"{url}/fixes.ics").text.replace("\r\n ", ""),
    ):
        assert f"{PAST}：先问律师还能怎么办" in text
    for page in (f"/lawyer/checkups/{late.checkup_id}", f"/lawyer/checkups/{late.checkup_id}/fixes"):
        assert PAST in as_read(lawyer.get(page).text)


def test_a_suggestion_of_ours_is_never_called_a_legal_day(app, make_golden):
    """Nothing of this shop has a day of the law."""
    case = make_golden("store-tricks", "signed")
    client = be_owner(app, case)
    for page in ("fixes", "fixes.ics", "result"):
        assert "法律规定的期限" not in client.get(f"/checkup/{case.checkup_id}/{page}").text
    assert "法律规定的期限" not in log_in(app, LAWYER).get(f"/lawyer/checkups/{case.checkup_id}/fixes").text


def test_the_day_by_which_capital_terms_are_shortened_stands_in_the_list_and_the_calendar(app, make_golden):
    case = make_golden("capital-2050", "signed")
    client = be_owner(app, case)
    for page in ("fixes", "fixes.ics", "result"):
        text = client.get(f"/checkup/{case.checkup_id}/{page}").text
        assert "2027年6月30日" in text
        assert "放假安排还没公布" not in text  # a day that the law names moves for no holiday


def first_titles(settings, case, count=3):
    """Titles of the findings that come first, as the case's own service orders and words them."""
    with unit_of_work(owner_scope(case)) as session:
        pack = open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring()).pack
        told = told_risks(session, checkup_id=case.checkup_id, pack=pack)
        found = [one.risk for one in list_findings(session, checkup_id=case.checkup_id) if one.state == "found"]
    return [told[risk].title["zh-Hans"] for risk in found[:count]]


def test_result_first_page_of_the_pdf_and_list_of_what_to_do_begin_with_the_same_three_things(app, settings, late):
    first = first_titles(settings, late)
    todo = as_read(be_owner(app, late).get(f"/checkup/{late.checkup_id}/fixes").text)
    for text in (result_of(app, late), pdf_of(app, settings, late, slice(1)), todo):
        places = [text.replace(" ", "").find(title.replace(" ", "")) for title in first]
        assert -1 not in places
        assert places == sorted(places)
