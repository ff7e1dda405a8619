"""Which texts of the library a finding is offered: those of its risk, those that cite an article of it, the general."""

from itertools import combinations

from checkup.packs.catalogue import PACK, get_pack
from checkup.signoff.models import TextBlock
from checkup.signoff.text_blocks import MOST_OFFERED, offered

SHIPPED = get_pack(PACK)


def articles(risk):
    """(law, article) on which a risk rests."""
    return {(basis.law, article) for basis in risk.basis for article in basis.articles}


def two_of_one_law():
    """Two risks that rest on other articles of one law, with the law and an article of the first alone."""
    for first, second in combinations(SHIPPED.risks, 2):
        laws = {law for law, _ in articles(first)} & {law for law, _ in articles(second)}
        for law in sorted(laws):
            mine = sorted(one for of, one in articles(first) if of == law)
            if not articles(first) & articles(second):
                return first.id, second.id, law, mine[0]
    raise AssertionError("no such pair in the pack")


FIRST, SECOND, LAW, ARTICLE = two_of_one_law()


def block(title, *, risk=None, law=None, text="先留证据。"):
    return TextBlock(title=title, risk=risk, law=law, text=text, plain="")


def titles(risk, *blocks):
    return [one.title for one in offered(blocks, SHIPPED, risk)]


def cites(article):
    name = SHIPPED.laws[LAW].title["zh-Hans"].removeprefix("中华人民共和国")
    return block("引一条", law=LAW, text=f"依《{name}》第{article}条，先催告。")


def test_a_text_of_another_article_of_the_same_law_is_not_offered():
    assert titles(FIRST, cites(ARTICLE)) == ["引一条"]
    assert titles(SECOND, cites(ARTICLE)) == []


def test_a_text_that_hangs_on_a_law_and_cites_nothing_is_offered_nowhere():
    assert titles(FIRST, block("只有法名", law=LAW)) == []


def test_the_text_of_the_risk_comes_first_and_one_of_another_risk_not_at_all():
    held = (block("通用"), cites(ARTICLE), block("别的", risk=SECOND), block("本条", risk=FIRST))
    assert titles(FIRST, *held) == ["本条", "引一条", "通用"]


def test_no_more_is_offered_than_there_are_number_keys():
    assert len(titles(FIRST, *(block(f"通用{n}") for n in range(20)))) == MOST_OFFERED == 9
