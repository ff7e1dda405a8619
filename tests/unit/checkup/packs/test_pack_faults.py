import json
import shutil

import pytest
from click.testing import CliRunner

from checkup.packs.catalogue import get_pack
from tests.places import ROOT
from webapp.commands.packs import pack, score

SHIPPED = ROOT / "checkup/packs/cn-shanghai-msme"
FIRST_RISK = "- id: saf.blocked-exits"


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(SHIPPED, folder)

    def breaking(old: str, new: str, file: str = "saf.yaml") -> str:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        result = CliRunner().invoke(pack, ["lint", str(folder)])
        assert result.exit_code == 1
        return result.stderr

    return breaking


def test_shipped_pack_has_no_fault():
    assert CliRunner().invoke(pack, ["lint", "cn-shanghai-msme"]).exit_code == 0


@pytest.mark.parametrize("name", ["nonsuch", "cn-shanghai-msme@9.9.9"])
def test_a_name_that_is_no_pack_is_told_which_there_are(name):
    result = CliRunner().invoke(pack, ["lint", name])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}: neither a folder")
    assert "cn-shanghai-msme" in result.stderr


def test_shipped_pack_is_as_large_as_promised():
    shipped = get_pack("cn-shanghai-msme")
    assert len(shipped.domains) == 16
    assert sum("-2" not in r.id and "-3" not in r.id for r in shipped.risks) >= 240
    assert sum(q.express for q in shipped.questions) >= 12


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (FIRST_RISK, "- id: saf.gas-alarm", "used twice"),
        ("severity: 5", "severity: 9", "not a number from 1 to 5"),
        ("question: saf.exits", "question: saf.nowhere", "neither a question nor a profile field"),
        ("always: 0,", "always: 7,", "not a number from 0 to 1"),
        ("provider: none", "provider: wizard", "not one of"),
        ("effort: 1", "effrt: 1", "unknown key effrt"),
        ("en: Safety and fire", "en: ''", "no text in en"),
        ("{law: fire-law", "{law: no-such-law", "has no title"),
        ("name:", "name: [", "not valid YAML"),
        ("[profile.trade", "[profile.shoe-size", "neither a question nor a profile field"),
        ("{in:", "{inside:", "unknown operator"),
    ],
)
def test_each_kind_of_fault_is_named_with_file_and_line(broken, old, new, complaint):
    lines = broken(old, new).splitlines()
    assert any(complaint in line and line.startswith("saf.yaml:") for line in lines), lines


def test_score_prints_the_stable_keys(tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"profile": {"staff": 6}, "answers": {"emp.contracts": "none"}, "today": "2026-11-23"}))
    result = CliRunner().invoke(score, ["cn-shanghai-msme", str(file)])
    assert result.exit_code == 0
    assert list(json.loads(result.stdout)) == [
        "pack", "score", "low", "high", "grade", "grade_low", "grade_high", "held_by", "answered", "enough", "light",
        "confidence", "domains", "findings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{not json",
        "[]",
        '{"profile": {}, "answers": {"no.such": "yes"}, "today": "2026-11-23"}',
        '{"profile": {}, "answers": {"emp.contracts": "sometimes"}, "today": "2026-11-23"}',
        '{"profile": {"staff": -2}, "answers": {}, "today": "2026-11-23"}',
        '{"profile": {}, "answers": {}}',
    ],
)
def test_wrong_answers_file_exits_2_with_a_line(tmp_path, text):
    file = tmp_path / "a.json"
    file.write_text(text)
    result = CliRunner().invoke(score, ["cn-shanghai-msme", str(file)])
    assert result.exit_code == 2
    assert result.stderr.strip()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "- {when: {has: [saf.chemkeep, open]}, is: 0.6}",
            "- {when: true, is: 0.2}\n    - {when: {has: [saf.chemkeep, open]}, is: 0.6}",
            "saf.chemicals: no business can have the likelihood 0.6",
        ),
        (
            "ask: {has: [saf.equipment, lift]}",
            "ask: {all: [{is: [gov.place, none]}, {is: [gov.place, shop]}]}",
            "saf.machines can never be asked",
        ),
        (
            "urgent: {has: [saf.bad, overdue]}",
            "urgent: {all: [{is: [gov.place, none]}, {has: [saf.bad, overdue]}]}",
            "saf.order-open: it can never be urgent",
        ),
    ],
)
def test_what_no_business_can_reach_is_named(broken, old, new, complaint):
    assert complaint in broken(old, new)


def _refused(tmp_path, content):
    file = tmp_path / "a.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = CliRunner().invoke(score, ["cn-shanghai-msme", str(file)])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    return result.stderr.splitlines()


def _answered(answers, today='"2026-11-23"', profile="{}"):
    return f'{{"profile": {profile}, "answers": {answers}, "today": {today}}}'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[" * 100_000, "nested more than"),
        ("[" * 100_000 + "]" * 100_000, "nested more than"),
        (_answered("{}", profile='{"staff": NaN}'), "NaN is no number"),
        (_answered("{}", profile='{"staff": -Infinity}'), "-Infinity is no number"),
        (_answered("{}", profile='{"staff": 1e999}'), "too long or too large"),
        (_answered("{}", profile=f'{{"staff": {"9" * 4000}}}'), "a number of 4000 digits"),
        (_answered('{"emp.contracts": "all", "emp.contracts": "none"}'), "emp.contracts is given twice"),
        (_answered("{}", today='"20261124"'), "today: give an ISO date"),
        (_answered("{}", today='"2026-W48-2"'), "today: give an ISO date"),
        (_answered("{}", today='"9999-12-31"'), "today: give an ISO date"),
        (_answered("{}", today="20261124"), "today: give an ISO date"),
        (_answered('{"dis.letter-on": "20261124"}'), "dis.letter-on: give an ISO date"),
        (_answered('{"dis.letter-on": "9999-12-31"}'), "dis.letter-on: give an ISO date"),
        (_answered(r'{"a\nb": "x"}'), r"a\nb: unknown question"),
        (_answered(r'{"\ud800": "x"}'), r"\ud800: unknown question"),
        (_answered('{"emp.contracts": [["all"]]}'), "emp.contracts: unknown_option"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "not JSON"),
        (b"{" + b" " * 50_000_000 + b"}", "larger than 1 MB"),
    ],
)
def test_a_hostile_answers_file_is_refused_in_one_line(tmp_path, content, fault):
    (line,) = _refused(tmp_path, content)
    assert fault in line


def test_each_fault_of_an_answers_file_has_its_line_and_there_is_an_end(tmp_path):
    many = ", ".join(f'"no{n}": "x"' for n in range(400))
    lines = _refused(tmp_path, _answered(f"{{{many}}}"))
    assert len(lines) == 51
    assert lines[-1] == "… and 350 more faults"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(b"\xef\xbb\xbf" + _answered("{}").encode())
    assert CliRunner().invoke(score, ["cn-shanghai-msme", str(file)]).exit_code == 0
