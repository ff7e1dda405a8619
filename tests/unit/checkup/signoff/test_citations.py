import datetime as dt

import pytest

from checkup.packs.catalogue import get_pack
from checkup.signoff.citation_checks import list_repealed
from checkup.signoff.citations import cited, ended, ended_basis, plain_title, to_number

PACK = get_pack("cn-shanghai-msme")
TODAY = dt.date(2026, 11, 25)


def gone(text, today=TODAY, changed=None):
    found = ended(text, PACK, today, repealed=list_repealed(), changed=changed or {})
    return [(one.title, one.article, one.successor) for one in found]


@pytest.mark.parametrize(
    ("written", "number"),
    [("47", 47), ("四十七", 47), ("十", 10), ("一百零二", 102), ("一千二百六十", 1260), ("一〇二", 102), ("二十", 20)],
)
def test_article_numbers_are_read_in_both_scripts(written, number):
    assert to_number(written) == number


def test_titles_and_articles_are_found():
    found = cited("依《劳动合同法》第八十二条、第85条和《刑法》第276条之一处理，《民法典》另有规定。")
    assert [(one.title, one.articles) for one in found] == [
        ("劳动合同法", ("82", "85")),
        ("刑法", ("276-1",)),
        ("民法典", ()),
    ]


def test_a_repealed_law_is_named_with_what_took_its_place():
    assert gone("按《合同法》第107条赔偿。") == [("合同法", None, "中华人民共和国民法典")]


def test_the_full_title_and_the_year_of_an_amendment_make_no_difference():
    assert plain_title("中华人民共和国商标法（2019年修正）") == "商标法"
    assert gone("《中华人民共和国物权法》（2007年）第9条")[0][0] == "中华人民共和国物权法"


def test_former_law_that_is_called_so_may_be_cited():
    assert gone("合同签于2019年，适用原《合同法》第107条。") == []
    assert gone("当时的《担保法》第26条") == []


def test_a_law_in_force_is_no_fault():
    assert gone("《民法典》第577条；《劳动合同法》第八十二条") == []


def test_a_title_that_the_new_law_keeps_is_no_fault_on_either_side_of_the_change():
    text = "《商标法》第五十七条"
    assert gone(text, dt.date(2026, 12, 31)) == []
    assert gone(text, dt.date(2027, 1, 1)) == []


def test_an_article_is_refused_once_its_wording_has_changed():
    changed = {("labor-contract-law", "82"): TODAY}
    assert gone("《劳动合同法》第82条", changed=changed) == [("劳动合同法", "82", None)]
    assert gone("《劳动合同法》第81条", changed=changed) == []
    assert gone("《劳动合同法》第82条", TODAY - dt.timedelta(1), changed) == []


def test_a_finding_whose_basis_has_ended_is_told():
    risk = next(r for r in PACK.risks if any(b.law == "trademark-law" for b in r.basis))
    assert ended_basis(PACK, risk.id, TODAY, {}) == ()
    assert ended_basis(PACK, risk.id, dt.date(2027, 1, 1), {})[0].title.endswith("商标法")


def test_no_law_is_both_in_the_pack_and_repealed():
    of_pack = {plain_title(law.title["zh-Hans"]) for law in PACK.laws.values()}
    assert of_pack & {plain_title(one.title) for one in list_repealed()} == set()
