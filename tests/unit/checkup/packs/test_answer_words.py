from checkup.packs.answer_words import answer_text
from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import PACK, get_pack

DAY = next(question for question in get_pack(PACK).questions if question.kind == "date")


def test_a_day_is_told_as_each_language_writes_it():
    assert answer_text(DAY, "2026-11-18") == {"zh-Hans": "2026年11月18日", "en": "18 November 2026"}


def test_who_does_not_know_the_day_says_so():
    assert answer_text(DAY, UNSURE)["en"] == "Not sure / rather not say"
