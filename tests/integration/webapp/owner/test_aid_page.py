"""Legal aid over HTTP: four questions, an answer, an application to keep, and the way to the district's centre."""

import datetime as dt
import io

import docx
import pytest
from sqlalchemy import func, select

from checkup.cases.models import Checkup
from checkup.referrals.models import Referral
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.models import Business
from tests.bodies import find_body
from tests.factories import make_case, owner_scope
from tests.visits import be_owner

WAGES = {"matter": "wages", "side": "claim", "income": "below", "limit": ""}
PAPERWORK = {**WAGES, "matter": "paperwork"}
WHO = {"person": "王姐", "phone": "13800138000", "words": "九月的工钱没给"}


BAOSHAN, CHONGMING = "310113", "310151"


@pytest.fixture
def case(settings):
    made = make_case(settings, "signed", seed=11)
    move(made, BAOSHAN)
    return made


def move(case, district):
    """The shop is in this district now."""
    with unit_of_work(owner_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        session.get_one(Business, (case.firm_id, row.business_id)).district = district


@pytest.fixture
def owner(app, case):
    return be_owner(app, case)


@pytest.fixture
def at(case):
    return f"/checkup/{case.checkup_id}/help/aid"


def count_referrals(case):
    with unit_of_work(owner_scope(case)) as session:
        return session.scalar(select(func.count()).select_from(Referral).where(Referral.checkup_id == case.checkup_id))


@pytest.mark.parametrize("page", ["help", "ways", "ways/debt"])
def test_she_comes_to_it_from_where_help_is_named(owner, case, at, page):
    assert f'href="{at}"' in owner.get(f"/checkup/{case.checkup_id}/{page}").text


def test_it_says_that_a_shop_is_not_yet_taken_everywhere(owner, at):
    page = owner.get(at).text
    assert "店里的事还不是到处都办" in page
    assert "法律援助法》第38、41、43、44、49、53条" in page


def test_a_matter_that_the_law_lists_gets_papers_and_an_application(owner, at):
    page = owner.post(at, data=WAGES).text
    assert "可能可以" in page
    assert "一次带齐这些" in page
    assert "再三天内派律师" in page
    assert "交给宝山区法律援助中心" in page


def test_a_matter_out_of_scope_gets_other_help_and_no_application(owner, at):
    page = owner.post(at, data=PAPERWORK).text
    assert "不在范围" in page
    assert "别的帮忙" in page
    assert "申请书" not in page


def test_with_a_week_or_less_she_is_told_whom_to_call_first(owner, at):
    soon = (city_day(now()) + dt.timedelta(days=7)).isoformat()
    page = owner.post(at, data={**WAGES, "limit": soon}).text
    assert "只剩7天" in page
    assert f'value="{soon}"' in page.split("application.pdf")[1]
    assert f"tel:{find_body('宝山区法律援助').phone}" in page


def test_where_no_centre_is_listed_she_keeps_the_application_and_calls(owner, case, at):
    move(case, CHONGMING)
    page = owner.post(at, data={**WAGES, "limit": city_day(now()).isoformat()}).text
    assert "tel:12348" in page
    assert "application.docx" in page
    assert "hand-over" not in page


def test_without_answers_the_questions_stay(owner, at):
    assert owner.post(at, data={}).status_code == 422
    assert owner.post(f"{at}/hand-over", data={}).status_code == 422


def test_the_application_comes_as_pdf(owner, at):
    paper = owner.post(f"{at}/application.pdf", data={**WAGES, **WHO})
    assert paper.data.startswith(b"%PDF-")


def test_the_application_comes_as_word_with_what_is_known(owner, at):
    paper = owner.post(f"{at}/application.docx", data={**WAGES, **WHO})
    told = "\n".join(line.text for line in docx.Document(io.BytesIO(paper.data)).paragraphs)
    assert {"姓名：王姐", "九月的工钱没给", "此致 宝山区法律援助中心（演示）"} <= set(told.split("\n"))


def test_the_application_is_chinese_whatever_she_reads(owner, at):
    owner.set_cookie("lang", "en")
    paper = owner.post(f"{at}/application.docx", data={**WAGES, **WHO})
    told = [line.text for line in docx.Document(io.BytesIO(paper.data)).paragraphs]
    assert "人均每月1595元以下" in told


def test_nothing_is_kept_until_she_hands_it_over(owner, case, at):
    owner.post(at, data=WAGES)
    owner.post(f"{at}/application.docx", data={**WAGES, **WHO})
    assert count_referrals(case) == 0


@pytest.mark.parametrize("way", ["application.pdf", "hand-over"])
def test_an_application_for_a_matter_out_of_scope_is_refused_in_words(owner, case, at, way):
    answer = owner.post(f"{at}/{way}", data={**PAPERWORK, **WHO, "body": find_body("宝山区法律援助").slug})
    assert answer.status_code == 409
    assert "不在范围" in answer.text
    assert count_referrals(case) == 0


def test_it_goes_to_the_centre_with_the_laws_own_days(owner, at):
    due = city_day(now()) + dt.timedelta(days=7)
    given = {**WAGES, **WHO, "limit": due.isoformat()}
    made = owner.post(f"{at}/hand-over", data={**given, "body": find_body("宝山区法律援助").slug})
    page = owner.get(made.location).text
    assert "法律援助申请书.pdf" in page
    assert f"最晚{due.isoformat()}" in page
    assert "他们七天内决定" in page
    assert owner.post(f"{made.location}/send").status_code == 302
    assert f"{due.month}月{due.day}日" in owner.get(made.location).text


def test_without_a_number_it_is_not_handed_over(owner, case, at):
    given = {**WAGES, **WHO, "phone": "", "body": find_body("宝山区法律援助").slug}
    assert owner.post(f"{at}/hand-over", data=given).status_code == 422
    assert count_referrals(case) == 0


def test_another_body_than_a_centre_of_hers_is_none(owner, at):
    given = {**WAGES, **WHO, "body": find_body("宝江公证处").slug}
    assert owner.post(f"{at}/hand-over", data=given).status_code == 404
