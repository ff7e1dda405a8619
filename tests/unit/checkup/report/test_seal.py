import pytest

from checkup.report.seal import seal_lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("上海沪滨律师事务所", ["上海沪滨", "律师事务所"]),
        ("律师事务所", ["律师事务所"]),
        ("北京市一二三四五六七（上海）律师事务所", ["北京市一二三四", "五六七（上海）", "律师事务所"]),
        ("Hubin Law Firm, Shanghai", ["Hubin Law", "Firm, Shanghai"]),
    ],
)
def test_a_seal_parts_a_name_where_a_reader_does(name, lines):
    assert seal_lines(name) == lines
