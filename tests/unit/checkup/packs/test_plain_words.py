"""Words an owner with little schooling reads at a glance: short, no statute words, never "too late"."""

import re
from collections.abc import Iterator

import pytest
import yaml

from checkup.packs.catalogue import get_pack
from tests.places import ROOT

PACK = get_pack("cn-shanghai-msme")
STATUTE_WORDS = re.compile(
    "劳动关系|用人单位|主体资格|履行|法定|应当|依法|相关|要约|时效|连带|行政|违约金|法律责任|当事人|标的|劳动者"
)
SENTENCE_END = re.compile("[。；！？]")
FILES = sorted((ROOT / "checkup/packs/cn-shanghai-msme").glob("*.yaml"))
LAW_KEYS = {"from", "until", "successor"}
WRITTEN_ONCE = [q for q in PACK.questions if not re.search(r"-[23]$", q.id)]


@pytest.mark.parametrize("question", WRITTEN_ONCE, ids=lambda question: question.id)
def test_a_question_is_one_short_sentence_in_everyday_words(question):
    words = [question.text, question.why, question.example, *(option.text for option in question.options)]
    assert [text["zh-Hans"] for text in words if STATUTE_WORDS.search(text["zh-Hans"])] == []
    assert len(question.text["zh-Hans"]) <= 28
    assert len(question.text["en"]) <= 95
    assert len(question.why["zh-Hans"]) <= 32
    assert all(len(option.text["zh-Hans"]) <= 18 for option in question.options)


@pytest.mark.parametrize("risk", PACK.risks, ids=lambda risk: risk.id)
def test_a_risk_speaks_in_short_sentences_and_never_says_too_late(risk):
    for text in (risk.consequence["zh-Hans"], risk.remedy["zh-Hans"]):
        assert max(map(len, SENTENCE_END.split(text))) <= 36
        assert not re.search("来不及|已过期|太晚", text)


def texts(node: object) -> Iterator[dict]:
    """Every text of a file as it was written."""
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from texts(value)
    if isinstance(node, dict) and "zh-Hans" in node:
        yield node


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_comma_cuts_a_text_in_two(file):
    written = texts(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert [text for text in written if text.keys() - LAW_KEYS != {"zh-Hans", "en"}] == []
