"""Two short questions of one area share a screen in a short checkup; nothing else does."""

from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring.routing import screen_of, screens, walk

SHOP = {"form": "individual", "trade": "catering", "section": "H", "staff": 5.0}


def path(**answers):
    return walk(get_pack(PACK), SHOP, answers, express=True).questions


def test_every_question_of_the_path_stands_on_one_screen_in_its_order():
    asked = path()
    assert [one for screen in screens(asked, express=True) for one in screen] == list(asked)


def test_a_screen_of_two_is_of_one_area_and_answered_by_two_taps():
    pairs = [screen for screen in screens(path(), express=True) if len(screen) > 1]
    assert [tuple(one.id for one in pair) for pair in pairs] == [
        ("emp.contracts", "emp.wages"),
        ("tax.income", "tax.invoices"),
    ]


def test_a_deep_checkup_asks_one_by_one():
    assert all(len(screen) == 1 for screen in screens(path(), express=False))


def test_the_last_question_stands_alone_before_the_result():
    assert len(screens(path(), express=True)[-1]) == 1


def test_either_question_leads_to_their_screen():
    asked = path()
    assert screen_of(asked, "emp.wages", express=True) == screen_of(asked, "emp.contracts", express=True)
