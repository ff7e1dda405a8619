"""Tables as firms have them: every encoding and separator, and what Excel does to cells."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from checkup.conflicts.party_tables import is_destroyed, read_table
from tenants.errors import Invalid

CODE = "9144030071526726XG"
LINES = [("上海测试甲有限公司", "客户", CODE, "2026-民-1"), ("张伟", "对方", "", "")]
TEXT = "\r\n".join(",".join(line) for line in LINES)


def sheet(*lines):
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def read(content):
    return [cells for _, cells in read_table(content)]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gbk"), TEXT.encode("gb18030"),
        TEXT.replace(",", "\t").encode("utf-16"), TEXT.replace(",", "\t").encode(), TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "，").encode(), b"\xfe\xff" + TEXT.encode("utf-16-be"), sheet(*LINES),
        ("\r\n\r\n" + TEXT).encode(), ("名称,身份,统一社会信用代码,案号\n" + TEXT).encode(),
        sheet(("案号", "统一社会信用代码", "身份", "名称"), *(line[::-1] for line in LINES)),
    ],
)  # fmt: skip
def test_a_table_is_read_whatever_its_encoding_separator_and_order(content):
    assert read(content) == LINES


@pytest.mark.parametrize("cell", [f"'{CODE}", f'="{CODE}"', f"\u00a0{CODE} ", f"\ufeff{CODE}"])
def test_what_excel_puts_around_a_cell_is_mended(cell):
    assert read(sheet(("甲", "客户", cell, "")))[0][2] == CODE
    assert read(f"甲\t客户\t{cell}\t".encode())[0][2] == CODE


@pytest.mark.parametrize("cell", ["9.14E+17", "9E+17", "#REF!", "#N/A", "########", "9.1440300715267e+17"])
def test_what_excel_destroyed_is_known_as_such(cell):
    assert is_destroyed(cell)


@pytest.mark.parametrize("cell", [CODE, "张伟", "2026-民-1", "E+17", "#1店"])
def test_what_is_whole_is_not(cell):
    assert not is_destroyed(cell)


def test_a_number_of_a_file_stays_as_it_was_typed():
    assert read(sheet(("甲", "客户", "", 20260011)))[0][3] == "20260011"
    assert is_destroyed(read(sheet(("甲", "客户", 9.14403007152672e17, "")))[0][2])


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0" + bytes(600), b"PK\x03\x04 broken", sheet(("a",))[:-200], b"\xff\xfe\x00"]
)
def test_what_is_no_table_is_refused_and_breaks_nothing(content):
    with pytest.raises(Invalid) as refused:
        read(content)
    assert refused.value.faults[0].code == "not_a_table"


def test_more_lines_than_are_taken_at_once_are_refused():
    with pytest.raises(Invalid) as refused:
        read(("甲,客户\n" * 5_002).encode())
    assert refused.value.faults[0].code == "too_many"


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_a_table_or_refused(content):
    with contextlib.suppress(Invalid):
        assert all(len(cells) == len(LINES[0]) for cells in read(content))
