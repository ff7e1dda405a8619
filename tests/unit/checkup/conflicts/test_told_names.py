"""Lists of names as owners write them: read whole and in part, and what nobody could read says so."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checkup.conflicts.rules import BY_PARTNER, FREELY, WITH_REASON, Known, find_hits, what_clearing_takes
from checkup.conflicts.told_names import read_told
from checkup.conflicts.values import CaseNames, Party, parse_names
from tenants.errors import Invalid
from tests.places import ROOT
from tests.telling import tell
from tests.told_names import SECOND, make_told, make_told_second

ROWS = yaml.safe_load((ROOT / "tests" / "golden_told_names.yaml").read_text(encoding="utf-8"))
LEAST_RECALL, MOST_SILENT, PAIRS = 0.98, 5, 5_000


def parties_of(told):
    return [
        one for one in CaseNames("", (), tuple(told.splitlines())).parties("某某小店") if one.role == "counterparty"
    ]


def conflicts(told, *names):
    return conflicts_of(parties_of(told), *names)


def conflicts_of(parties, *names):
    hits = find_hits(parties, [Known(name, "client") for name in names])
    return {hit.known.name for hit in hits if hit.is_conflict}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["told"].replace("\n", " "))
def test_what_was_written_by_hand_means_these_and_says_where_it_is_unclear(row):
    assert conflicts(row["told"], *row["means"]) == set(row["means"])
    assert any(not one.is_understood for one in read_told(row["told"])) == row.get("unclear", False)


@pytest.mark.parametrize("row", SECOND, ids=lambda row: row["told"].replace("\n", " "))
def test_what_a_second_author_wrote_finds_whom_it_means(row):
    assert conflicts(row["told"], *row["means"]) == set(row["means"])


@pytest.mark.parametrize("row", [row for row in SECOND if not row["means"]], ids=lambda row: row["told"])
def test_what_means_nobody_opens_the_case_only_where_it_says_so(row):
    parties = parties_of(row["told"])
    assert what_clearing_takes(parties, find_hits(parties, [])) == (FREELY if row["opens"] else WITH_REASON)


def test_five_thousand_generated_lists_of_two_authors_find_whom_they_mean(capsys):
    pairs = [*make_told(18, PAIRS // 2), *make_told_second(18, PAIRS // 2)]
    read = [(told, name, parties_of(told)) for told, name in pairs]
    lost = [one for one in read if one[1] not in conflicts_of(one[2], one[1])]
    missed = [(told, name) for told, name, _ in lost]
    silent = [told for told, _, parties in lost if all(one.is_understood for one in parties)]
    unread = sum(any(not one.is_understood for one in parties) for _, _, parties in read)
    recall = 1 - len(missed) / len(pairs)
    with capsys.disabled():
        tell(
            f"told names: recall {recall:.4f} over {len(pairs)} lists, {len(silent)} missed without a word; "
            f"{unread} lists shown to a person"
        )
        for told, name in missed[:20]:
            tell(f"  {told!r} / {name}")
    assert recall >= LEAST_RECALL
    assert len(silent) <= MOST_SILENT


@pytest.mark.parametrize("make", [make_told, make_told_second], ids=["first author", "second author"])
def test_lists_that_do_not_mean_a_name_seldom_hit_it(make, capsys):
    pairs = list(make(19, 1_000))
    strangers = [name for _, name in make(20, 50)]
    tried = {told: [name for name in strangers if name not in told] for told, _ in pairs}
    wrong, tries = sum(len(conflicts(told, *names)) for told, names in tried.items()), sum(map(len, tried.values()))
    with capsys.disabled():
        tell(f"told names: {wrong} of {tries} strangers taken for one another")
    assert wrong <= tries // 250


@pytest.mark.parametrize(
    ("told", "other"),
    [("苏州同心服装有限公司", "苏州和顺信息科技有限公司"), ("上海和顺餐饮管理有限公司", "上海及时雨物流有限公司"),
     ("杭州市金和信息科技有限公司", "苏州和顺信息科技有限公司")],
)  # fmt: skip
def test_a_word_between_names_within_a_name_makes_no_two_firms_one(told, other):
    assert conflicts(told, other) == set()


@pytest.mark.parametrize("told", ["Yang Xinyue", "Yang Xin Yue", "YANG XINYUE", "Xinyue Yang"])
def test_a_name_in_pinyin_is_found_wherever_its_syllables_end(told):
    assert conflicts(told, "杨欣月") == {"杨欣月"}


def test_each_party_is_read_once_with_its_role_taken_off():
    assert [one.shown for one in read_told("房东：张伟；房东张伟，供货商：上海甲乙丙有限公司（法人李娜）")] == [
        "张伟",
        "上海甲乙丙有限公司",
        "李娜",
    ]


def test_a_code_told_with_a_name_finds_the_firm_under_its_other_name():
    hits = find_hits(
        parties_of("新名字有限公司 9144030071526726XG"), [Known("旧名字", "client", "", "9144030071526726XG")]
    )
    assert (hits[0].reason, hits[0].is_conflict) == ("same_code", True)


@pytest.mark.parametrize("told", ["王老板", "隔壁烧烤店的人", "记不清了", "小李", "13800138000"])
def test_what_nobody_could_read_opens_no_case_by_itself(told):
    parties = parties_of(told)
    assert what_clearing_takes(parties, find_hits(parties, [])) == WITH_REASON


def test_a_name_of_the_list_within_words_that_nobody_could_read_is_a_conflict():
    parties = parties_of("去年在上海测试甲有限公司那里买的东西全坏掉了")
    assert what_clearing_takes(parties, find_hits(parties, [Known("上海测试甲有限公司", "client")])) == BY_PARTNER


@pytest.mark.parametrize("told", ["张伟、李娜", "没有", "无", "", "上海测试甲有限公司"])
def test_names_that_were_understood_and_match_nothing_open_freely(told):
    parties = parties_of(told)
    assert what_clearing_takes(parties, find_hits(parties, [Known("别的什么有限公司", "client")])) == FREELY


def test_the_firms_own_entry_is_read_in_its_parts_too():
    party = Party("counterparty", "李娜", ("李娜",))
    assert find_hits([party], [Known("上海测试甲有限公司（法定代表人李娜）", "client")])[0].is_conflict


def test_the_number_of_an_identity_card_among_names_is_refused():
    with pytest.raises(Invalid) as refused:
        parse_names({"counterparties": "张伟 310101190001010011"})
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("counterparties", "id_card")]


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_kept_for_a_person(told):
    for one in read_told(told):
        assert one.shown
        assert one.is_understood == bool(one.is_understood and one.names)


@given(
    st.lists(
        st.sampled_from(["张伟", "李娜", "上海测试甲有限公司", "苏州百川贸易有限公司", "王建国"]),
        min_size=1,
        unique=True,
    ),
    st.sampled_from(
        ["，", ",", "、", "；", ";", "/", "／", "|", "\n", "\r\n", " ", "\u3000", "和", "与", "及", "以及"]
    ),
)
def test_a_list_is_the_same_with_every_separator_that_people_use(names, between):
    assert [one.shown for one in read_told(between.join(names))] == names
