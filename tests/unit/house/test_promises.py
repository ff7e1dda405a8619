"""What a page promises is kept by code and proved by a test: `docs/promises.md` names both."""

import functools
import re

import pytest
from babel.messages.pofile import read_po

from tests.places import ROOT

PAGE = (ROOT / "docs/promises.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| 「")]
PIECES = re.findall("「([^」]+)」", PAGE)
# Somebody will be told, something ends by itself, is deleted, or comes by a day.
PROMISE = re.compile(
    "会告诉|告诉您|会收到|收到(?:邮件|消息|通知)|自动(?:关闭|失效)|就删|就销毁|写给您|答复您|打给我|会打|天有效|天内(?:有效|打开)"
    "|小时自动|就放回|业主(?:马上)?收到|店主(?:马上)?(?:收到|知道)|给本人发邮件|发邮件到"
)
# Where the words are there and no promise is: a hint that goes by, a menu, a rule of a form.
NONE = (
    "不要告诉别人",
    "怎么告诉您",
    "请马上告诉",
    "按律所告诉您",
    "请写信告诉律师",
    "几天有效",
    "没存的文字，退出就删掉",
)


@functools.cache
def messages():
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        found = read_po(file)
    return tuple(one if isinstance(one, str) else one[0] for one in (message.id for message in found) if one)


@pytest.mark.parametrize("piece", PIECES)
def test_each_promise_of_the_table_stands_on_a_page(piece):
    assert any(piece in one for one in messages())


def test_whoever_keeps_a_promise_is_there():
    named = re.findall(r"`((?:checkup|bureau|billing|cloud|tenants|webapp)/[\w/]+\.py)`", PAGE)
    assert [one for one in named if not (ROOT / one).is_file()] == []
    assert all("`" in kept and "test_" in proved for _said, kept, proved in ROWS)


def test_every_promise_is_in_the_table():
    said = [one for one in messages() if PROMISE.search(one) and not any(none in one for none in NONE)]
    assert [one for one in said if not any(piece in one for piece in PIECES)] == []


def test_a_planted_promise_is_found():
    assert PROMISE.search("三天以后自动失效，会告诉您")
