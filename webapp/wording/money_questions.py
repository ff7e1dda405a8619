"""Which questions touch tax or money: beside them stands that the tax office does not see the answer."""

from flask import Flask

from checkup.packs.values import Question

_AREAS = frozenset({"tax", "fin"})
_UNIT = "yuan"


def is_about_money(question: Question) -> bool:
    """Of the areas of tax and finance, asked in yuan, or by its name about the till (`gov.money`)."""
    unit = question.unit["en"] if question.unit else ""
    return question.domain in _AREAS or _UNIT in unit or question.id.endswith(".money")


def init_app(app: Flask) -> None:
    app.jinja_env.tests["about_money"] = is_about_money
