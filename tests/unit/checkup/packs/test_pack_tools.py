import re

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from checkup.packs.catalogue import get_pack
from checkup.packs.workbook import AGREED, COMMENT
from webapp.commands.packs import pack

SHIPPED = get_pack("cn-shanghai-msme")


def run(*arguments):
    return CliRunner().invoke(pack, [*map(str, arguments)])


@pytest.mark.parametrize("risk", SHIPPED.risks, ids=lambda risk: risk.id)
def test_every_risk_can_be_explained_in_both_languages(risk):
    told = run("explain", SHIPPED.id, risk.id).stdout
    assert risk.title["zh-Hans"] in told
    assert risk.title["en"] in told


def test_a_risk_is_explained_with_its_words_by_answer_and_what_would_change_it():
    told = run("explain", SHIPPED.id, "dat.no-filing").stdout
    assert "What would change it: 0% — " in told
    assert "      Title: Information is sold online without a permit" in told
    assert SHIPPED.risk("dat.no-filing").remedy["zh-Hans"] in told


def test_a_risk_is_explained_with_its_law_and_words_from_each_date():
    told = run("explain", SHIPPED.id, "ipr.grabbed").stdout
    after = told[told.index("从2027-01-01起") :]
    assert "商标法" in after
    assert SHIPPED.risk("ipr.grabbed").variants[0].basis[0].articles[0] in after


def test_the_answers_that_make_a_list_harmless_are_named():
    told = run("explain", SHIPPED.id, "lic.uninspected-meat").stdout
    assert "none of these: " in told


def test_a_day_that_the_law_names_is_explained():
    assert "the day named by the law: 2027-06-30" in run("explain", SHIPPED.id, "gov.capital-term").stdout


def test_a_misspelt_risk_is_told_its_neighbours():
    wrong = SHIPPED.risks[0].id + "x"
    result = run("explain", SHIPPED.id, wrong)
    assert result.exit_code == 2
    assert SHIPPED.risks[0].id in result.stderr


def test_express_tells_how_grades_part_businesses_and_what_each_question_is_worth():
    told = run("express", SHIPPED.id, "--businesses", 30).stdout
    assert re.search(r"^grades: A [\d.]+%, B [\d.]+%, C [\d.]+%, D [\d.]+%, E [\d.]+%$", told, re.M)
    assert re.search(r"eta² [01]\.\d\d", told)
    assert re.search(r"^  green +0 +0 +0 +0 +0$", told, re.M)
    assert told.count("  without ") == sum(question.express for question in SHIPPED.questions)


@pytest.fixture
def workbook(tmp_path):
    file = tmp_path / "pack.xlsx"
    assert run("xlsx", SHIPPED.id, file).exit_code == 0
    return file


def test_the_workbook_has_a_row_per_risk(workbook):
    assert load_workbook(workbook).active.max_row == 1 + len(SHIPPED.risks)


def test_comments_come_back_as_changes(workbook):
    book = load_workbook(workbook)
    book.active.cell(2, COMMENT, "等级太高")
    book.active.cell(3, AGREED, "no")
    book.save(workbook)
    told = run("comments", SHIPPED.id, workbook).stdout
    assert f"{SHIPPED.risks[0].id}: 等级太高" in told
    assert f"{SHIPPED.risks[1].id}: not agreed" in told


def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_text("not a workbook")
    result = run("comments", SHIPPED.id, file)
    assert result.exit_code == 2
    assert "cannot be read as a workbook" in result.stderr
