"""An answer is shown by its option's own text, for every option of every pack that a checkup may have begun on."""

import pytest

from checkup.packs.answer_words import answer_text
from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import PACK, get_pack

PACKS = [get_pack(PACK), get_pack(PACK, "1.0.0"), get_pack(PACK, "0.1.0")]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.version)
def test_every_option_is_shown_by_its_own_text(pack):
    shown = [(q.id, o.id) for q in pack.questions for o in q.options if dict(answer_text(q, o.id)) != dict(o.text)]
    assert shown == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.version)
def test_several_chosen_options_are_all_shown(pack):
    for question in pack.questions:
        if question.kind == "many":
            chosen = tuple(option.id for option in question.options[:2])
            texts = [option.text["zh-Hans"] for option in question.options[:2]]
            assert answer_text(question, chosen)["zh-Hans"] == "；".join(texts)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.version)
def test_not_knowing_is_shown_as_such(pack):
    assert {answer_text(question, UNSURE)["en"] for question in pack.questions} == {"Not sure / rather not say"}
