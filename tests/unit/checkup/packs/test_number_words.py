"""Both languages of a text must name the same numbers, in digits or in words."""

import pytest

from checkup.packs.number_words import unlike


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("罚5万到50万元", "You may be fined 50,000 to 500,000 yuan."),
        ("罚一百万元以内", "The fine is up to a million yuan."),
        ("最少五百元", "At least 500 yuan."),
        ("不超过两成", "At most 20 %."),
        ("每天加万分之五", "0.05 % a day is added."),
        ("半年内", "Within half a year."),
        ("15天内、10天内", "Within 15 days, or ten."),
        ("2027年6月30日前", "By 30 June 2027."),
        ("每月15日前", "By the 15th each month."),
    ],
)
def test_the_same_number_in_digits_and_in_words_is_the_same(chinese, english):
    assert unlike({"zh-Hans": chinese, "en": english}) == ()


def test_a_number_of_one_language_alone_is_named():
    found = unlike({"zh-Hans": "罚5万元，7天内交", "en": "You may be fined 5,000 yuan."})
    assert found == ("7 stands in zh-Hans alone", "50000 stands in zh-Hans alone", "5000 stands in en alone")
