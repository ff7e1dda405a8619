import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.typed.text import for_machines, one_line, prose


@pytest.mark.parametrize(
    ("raw", "is_kept"),
    [
        ("  王记\u3000面馆\u00a0 ", "王记 面馆"),
        ("王\x00记\u200b面\ufeff馆\u202e", "王记面馆"),
        ("ＡＢＣ１２３", "ABC123"),
        ("上海（甲）有限公司，二部", "上海（甲）有限公司，二部"),
        ("\u2f25儿", "女儿"),
        ("𰻝𰻝面𫰠䶮", "𰻝𰻝面𫰠䶮"),
        ("一\n二\t三", "一 二 三"),
        ("㎡①½", "㎡①½"),
        ("\u2800\u3164", ""),
    ],
)
def test_a_line_is_kept_as_people_read_it(raw, is_kept):
    assert one_line(raw) == is_kept


def test_paragraphs_stay_paragraphs():
    assert prose(" 第一段\r\n\r\n第二段\u2028第三段 \n") == "第一段\n\n第二段\n第三段"


def test_a_machine_reads_it_wholly_folded():
    assert for_machines("ｅｘ＠Ａ．cn：８0\u200b　㎡") == "ex@A.cn:80 m2"


def is_invisible(one):
    return unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("read", [one_line, for_machines, prose])
@given(raw=st.text(st.characters()))
def test_nothing_invisible_is_left_and_reading_again_changes_nothing(read, raw):
    seen = read(raw)
    assert not [one for one in seen.replace("\n", "") if is_invisible(one)]
    assert read(seen) == seen
