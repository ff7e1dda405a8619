import re

from babel.messages.pofile import read_po

from bureau.hours.rules import DEFAULTS
from tests.places import ROOT
from webapp.edge.errors import CONFLICTS, FAULTS, PAGES
from webapp.edge.i18n import english
from webapp.views.bureau import parameters
from webapp.wording import codes, hour_words, money_words, relief_words

MARKED = re.compile(r"""\b_\(\s*["']([^"']*[一-鿿][^"']*)["']""")


def test_every_message_has_english():
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "webapp").rglob("*.py")]
    marked = {message for file in files for message in MARKED.findall(file.read_text(encoding="utf-8"))}
    marked |= {*FAULTS.values(), *PAGES.values(), *CONFLICTS.values(), *parameters.CONFLICTS.values()}
    marked |= {*relief_words.marked()}
    marked |= {*hour_words.marked(), *(one.name for one in DEFAULTS)}
    marked |= {*money_words.LINES.values()}
    for coded in (*codes.FILTERS.values(), *money_words.FILTERS.values()):
        marked |= set(coded.values())
    assert marked - english().keys() == set()


def test_a_message_has_one_english_wherever_it_stands():
    told = {}
    for path in sorted((ROOT / "webapp" / "translations" / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    told.setdefault(str(message.id), set()).add(str(message.string))
    assert {message: words for message, words in told.items() if len(words) > 1} == {}
