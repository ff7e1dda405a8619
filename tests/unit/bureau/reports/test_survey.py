from bureau.reports.survey import survey_measures


def values(**counts):
    named = {tuple(key.split("_")): count for key, count in counts.items()}
    return {one.key: one.value for one in survey_measures(named, "2026")}


def test_a_share_needs_ten_answers_on_either_side():
    assert values(known_yes=30, known_no=12)["known_yes"] == 30
    assert values(known_yes=30, known_no=9)["known_yes"] is None
    assert values(known_yes=9, known_no=30)["known_all"] is None


def test_the_first_choice_is_counted_over_all_answers():
    counted = values(first_here=20, first_internet=15, first_friend=5)
    assert (counted["first_here"], counted["first_all"]) == (20, 40)


def test_no_answer_is_nought_and_not_withheld():
    assert values()["known_all"] == 0
