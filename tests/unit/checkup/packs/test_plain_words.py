"""Words an owner with little schooling reads at a glance: short, no statute words, never "too late"."""

import re

import pytest

from checkup.packs.catalogue import get_pack

PACK = get_pack("cn-shanghai-msme")
STATUTE_WORDS = re.compile(
    "劳动关系|用人单位|主体资格|履行|法定|应当|依法|相关|要约|时效|连带|行政|违约金|法律责任|当事人|标的|劳动者"
)
SENTENCE_END = re.compile("[。；！？]")
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
