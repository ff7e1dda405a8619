from bureau.reports.survey import survey_measures


def values(**counts):
    named = {tuple(key.split("_")): count for key, count in counts.items()}
    return {one.key: one.value for one in survey_measures(named, "2026")}


def test_a_share_needs_ten_answers_on_either_side():
    assert values(known_yes=30, known_no=12)["known_yes"] == 30
    assert values(known_yes=30, known_no=9)["known_yes"] is None
    assert values(known_yes=9, known_no=30)["known_all"] is None


def marks(**counts):
    named = {tuple(key.split("_")): count for key, count in counts.items()}
    return {one.key: one.is_small for one in survey_measures(named, "2026") if one.is_withheld}


def test_only_a_number_below_ten_is_said_to_be_below_ten():
    assert marks(known_yes=9, known_no=30) == {"known_yes": True, "known_all": False}
    assert marks(known_yes=170, known_no=9) == {"known_yes": False, "known_all": False}
    assert marks(known_yes=3, known_no=2) == {"known_yes": True, "known_all": True}


def test_the_first_choice_is_counted_over_all_answers():
    counted = values(first_here=20, first_internet=15, first_friend=5)
    assert (counted["first_here"], counted["first_all"]) == (20, 40)


def test_no_answer_is_nought_and_not_withheld():
    assert values()["known_all"] == 0
