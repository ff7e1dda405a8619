"""What lint warns of: accusing without reason, words that say too much, law out of date."""

import datetime as dt

import pytest
from click.testing import CliRunner

from checkup.packs.authoring import warnings
from checkup.packs.loading import load_pack
from tests.small_pack import write_small_pack
from webapp.commands.packs import pack as pack_command

LATER = "[{from: 2027-01-01, basis: [{law: new-law, article: ['2'], version: 2027-01-01}]}]"


def _warned(folder, **changes):
    return [message for _, message in warnings(load_pack(write_small_pack(folder, **changes)))]


def test_a_pack_that_accuses_nobody_without_reason_has_no_warning(tmp_path):
    assert _warned(tmp_path) == []


def test_an_empty_box_without_proof_that_the_thing_is_there_is_named(tmp_path):
    (message,) = _warned(tmp_path, a=" exists: {has: [has, scale]}, => ")
    assert message.startswith("untested: it rises when tested of does is not ticked")


def test_an_option_that_says_there_is_no_such_thing_is_proof(tmp_path):
    warned = _warned(
        tmp_path,
        a=" exists: {has: [has, scale]}, => ",
        b="{id: tested, text: {zh-Hans: 送检, en: Tested}} => "
        "{id: tested, text: {zh-Hans: 送检, en: T}}, {id: nothing, text: {zh-Hans: 用不着, en: N}, absent: true}",
        c="not: {has: [does, tested]} => all: [{not: {has: [does, tested]}}, {not: {has: [does, nothing]}}]",
    )
    assert warned == []


def test_such_an_option_that_the_risk_does_not_hear_is_no_proof(tmp_path):
    (message,) = _warned(
        tmp_path,
        a=" exists: {has: [has, scale]}, => ",
        b="{id: tested, text: {zh-Hans: 送检, en: Tested}} => "
        "{id: tested, text: {zh-Hans: 送检, en: T}}, {id: nothing, text: {zh-Hans: 用不着, en: N}, absent: true}",
    )
    assert message.startswith("untested: it rises when tested")


def test_a_claim_that_a_business_without_the_thing_disproves_is_named(tmp_path):
    (message,) = _warned(tmp_path, a="applies: {has: [has, scale]}, => ")
    assert message == "untested: exists: a business without it can still have the likelihood 0.6"


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ("words: [{answer: mostly, title: {zh-Hans: 有时不做, en: Sometimes not}}], => ", "at 0.4 it reads as at 0.9"),
        ("en: You may be fined. => en: Up to 10 yuan.", "not a whole sentence: Up to 10 yuan."),
        ("en: You may be fined. => en: You may pay. From 10 yuan.", "not a whole sentence: From 10 yuan."),
        ("zh-Hans: 例 => zh-Hans: 没有就选最后一个", "the example points to an option by its place"),
        ("en: For example => en: 'Pick all, or the last.'", "the example points to an option by its place"),
        ("zh-Hans: 问, => zh-Hans: 下面这些，您有吗？,", "the text only points to its options"),
        ("en: Ask} => en: Do you have any of these?}", "the text only points to its options"),
        ("zh-Hans: 例 => zh-Hans: 看看执照上的日期", "it asks to look at a paper"),
        ("zh-Hans: 罚 => zh-Hans: 罚5万元", "50000 stands in zh-Hans alone"),
        ("en: You may be fined. => en: 'You may be fined 5,000 yuan.'", "5000 stands in en alone"),
        ("{law: law, => {law: old-law,", "old-law ends on 2026-12-31; give a variant from the next day"),
        ("{law: law, => {law: new-law,", "new-law is in force from 2027-01-01 only"),
    ],
)
def test_what_reads_wrong_is_named(tmp_path, change, warning):
    assert any(warning in message for message in _warned(tmp_path, a=change))


def test_a_risk_whose_variant_cites_the_new_law_has_no_warning(tmp_path):
    assert (
        _warned(tmp_path, a="{law: law, => {law: old-law,", b="effort: 1, => effort: 1, variants: " + LATER + ",") == []
    )


def test_strict_lint_makes_warnings_faults_with_file_and_line(tmp_path):
    write_small_pack(tmp_path, a="en: You may be fined. => en: Up to the limit.")
    assert CliRunner().invoke(pack_command, ["lint", str(tmp_path)]).exit_code == 0
    strict = CliRunner().invoke(pack_command, ["lint", "--strict", str(tmp_path)])
    assert strict.exit_code == 1
    assert strict.stderr.startswith("shop.yaml:9: untested: the English consequence")


def test_the_reports_date_chooses_the_law(tmp_path):
    risk = load_pack(write_small_pack(tmp_path, b="effort: 1, => effort: 1, variants: " + LATER + ",")).risk("untested")
    assert risk.on(dt.date(2026, 12, 31)).basis[0].law == "law"
    assert risk.on(dt.date(2027, 1, 1)).basis[0].law == "new-law"
    assert risk.on(dt.date(2027, 1, 1)).consequence == risk.consequence


def test_an_answer_that_is_half_bad_has_its_own_words(tmp_path):
    risk = load_pack(write_small_pack(tmp_path)).risk("rarely")
    assert risk.worded(0.4, 1).title["en"] == "Sometimes not"
    assert risk.worded(0.9, 2).title["en"] == "Not done"


def test_what_is_likelier_than_every_level_keeps_the_risks_words(tmp_path):
    level = "words: [{below: 0.3, title: {zh-Hans: 轻, en: Slight}}],"
    risk = load_pack(write_small_pack(tmp_path, a="effort: 1, => effort: 1, " + level)).risk("untested")
    assert (risk.worded(0.2).title["en"], risk.worded(0.3).title["en"]) == ("Slight", "Untested")


def test_numbers_are_compared_with_numbers(tmp_path):
    folder = write_small_pack(tmp_path, a="applies: {has: [has, scale]}, => applies: {in: [profile.staff, [0, 1]]},")
    assert load_pack(folder).risk("untested").applies.operand == (0.0, 1.0)
