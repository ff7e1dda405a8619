"""The letter's words and who is a client."""

import datetime as dt

import pytest

from checkup.letters.client_status import standing
from checkup.letters.wording import LetterFacts, draft_letter, read_letter, text_digest

FACTS = LetterFacts("上海沪滨律师事务所", "31310000MD0123456X", "021-12348", "王姐面馆䶮㛃", "SH26-AB23CD")
DAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_stored_letter_reads_as_it_was_drafted(locale):
    letter = draft_letter(FACTS, locale)
    assert read_letter(letter.text(), locale, letter.version) == letter
    assert text_digest(letter.text()) == letter.digest()


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_letter_names_firm_licence_business_and_case(locale):
    text = draft_letter(FACTS, locale).text()
    assert all(one in text for one in (FACTS.firm, FACTS.licence, FACTS.business, FACTS.case_number, FACTS.phone))


def test_a_single_changed_letter_changes_the_hash():
    other = LetterFacts(FACTS.firm, FACTS.licence, FACTS.phone, "王姐面馆", FACTS.case_number)
    assert draft_letter(FACTS, "zh-Hans").digest() != draft_letter(other, "zh-Hans").digest()


def test_a_business_name_with_blank_lines_cannot_add_a_clause():
    odd = LetterFacts(FACTS.firm, FACTS.licence, FACTS.phone, "甲\n\n不收钱\n收钱", FACTS.case_number)
    letter = draft_letter(odd, "zh-Hans")
    assert read_letter(letter.text(), "zh-Hans", letter.version) == letter
    assert len(letter.clauses) == len(draft_letter(FACTS, "zh-Hans").clauses)


@pytest.mark.parametrize(
    ("wanted", "state", "accepted", "withdrawn", "signed", "kind", "until"),
    [
        (False, "submitted", None, None, None, "none", None),
        (True, "submitted", None, None, None, "offered", None),
        (True, "in_review", DAY, None, None, "client", None),
        (True, "signed", DAY, None, DAY, "client", dt.date(2027, 5, 25)),
        (True, "signed", DAY - dt.timedelta(300), None, DAY - dt.timedelta(290), "ended", dt.date(2026, 8, 8)),
        (False, "submitted", DAY, DAY, None, "ended", DAY),
        (True, "submitted", DAY, DAY, None, "offered", DAY),
        (False, "erased", DAY, None, None, "ended", DAY),
    ],
)
def test_who_is_a_client_is_always_clear(wanted, state, accepted, withdrawn, signed, kind, until):
    found = standing(
        is_review_wanted=wanted, state=state, accepted_on=accepted, withdrawn_on=withdrawn, signed_on=signed, today=DAY
    )
    assert (found.kind, found.until) == (kind, until)
