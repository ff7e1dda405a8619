"""A sheet of paper with the questions of five minutes, to be printed for an owner without a phone."""

from collections.abc import Sequence

import segno

from checkup.assisting.paper_rules import questions_of
from checkup.assisting.sheet_words import WORDS, only_if
from checkup.packs.values import Pack, Question, Text
from checkup.report.html import render
from checkup.report.pdf import make_pdf
from tenants.business_details import FORMS
from tenants.clock import city_day
from tenants.languages import LANG_ATTRIBUTE, choose
from tenants.models import Station
from tenants.sizes import TRADES
from tenants.stations.models import PaperSheet
from tenants.stations.sheet_rules import LASTS
from tenants.stations.sheets import spoken
from tenants.translation import shown

# Options that stand in two columns: so many of them, and none longer than half a line.
_MANY, _HALF_A_LINE = 4, {"zh-Hans": 15, "en": 34}


def print_sheets(sheets: Sequence[PaperSheet], *, station: Station, pack: Pack, typed_at: str) -> bytes:
    """All of them in one PDF, each from a page of its own; one station's and one language's.

    `typed_at`: the address of the page on which a helper types the code. Slow (seconds): outside any unit of work.
    """
    first = sheets[0]
    locale = first.locale

    def say(text: Text, **params: object) -> str:
        return choose(text, locale).format(**params)

    named = choose({"zh-Hans": station.name, "en": station.name_en}, locale)
    by_day = shown.day(city_day(first.printed_at + LASTS), locale)
    values = {
        "lang": LANG_ATTRIBUTE[locale],
        "w": {key: choose(text, locale) for key, text in WORDS.items()},
        "station": named,
        "lead": say(WORDS["lead"], count=len(questions_of(pack))),
        "return_by": say(WORDS["return_by"], day=by_day, station=named),
        "consent": [say(WORDS[f"consent_{part}"], station=named) for part in ("type", "result", "paper")],
        "sheets": [
            {"code": spoken(one.code), "picture": _square(f"{typed_at}?code={spoken(one.code)}")} for one in sheets
        ],
        "abouts": [
            {"letter": "A", "text": say(WORDS["trade"]), "options": [say(one.name) for one in TRADES.values()]},
            {"letter": "B", "text": say(WORDS["form"]), "options": [say(name) for name in FORMS.values()]},
            {"letter": "C", "text": say(WORDS["staff"]), "options": []},
        ],
        "questions": [_question(pack, one, number, locale) for number, one in enumerate(questions_of(pack), 1)],
    }
    return make_pdf(render("report/paper_sheet.html", values, locale))


def _square(url: str) -> str:
    return segno.make(url, error="m").svg_data_uri(scale=4, border=2)


def _question(pack: Pack, question: Question, number: int, locale: str) -> dict[str, object]:
    only = only_if(pack, question)
    yes_no = [choose(WORDS[word], locale) for word in ("yes", "no")] if question.kind == "yes_no" else []
    options = [choose(option.text, locale) for option in question.options] or yes_no
    return {
        "number": number,
        "text": choose(question.text, locale),
        "many": question.kind == "many",
        "only": None if only is None else choose(only, locale),
        "example": choose(question.example, locale),
        "options": options,
        "wide": len(options) >= _MANY and max(map(len, options)) <= _HALF_A_LINE[locale],
        "day": question.kind == "date",
        "unit": choose(question.unit, locale) if question.unit else "",
    }
