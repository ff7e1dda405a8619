"""An answer as a person reads it: by its option's own text, for every audience. Pure."""

import datetime as dt

from checkup.packs.answers import UNSURE, Value
from checkup.packs.values import Question, Text
from tenants.translation import shown

_YES_NO: dict[str, Text] = {"yes": {"zh-Hans": "是", "en": "Yes"}, "no": {"zh-Hans": "不是", "en": "No"}}
_UNSURE: Text = {"zh-Hans": "不清楚 / 不想说", "en": "Not sure / rather not say"}
_BETWEEN: Text = {"zh-Hans": "；", "en": "; "}


def answer_text(question: Question, value: Value) -> Text:
    """In every language of the pack: the chosen options' texts, a number with its unit, a day as written there."""
    if value == UNSURE:
        return _UNSURE
    if question.options:
        chosen = value if isinstance(value, tuple | list) else (value,)
        texts = [option.text for option in question.options if option.id in chosen]
        return {language: _BETWEEN[language].join(text[language] for text in texts) for language in _BETWEEN}
    if question.kind == "yes_no":
        return _YES_NO[str(value)]
    if question.kind == "date":
        return {language: shown.day(dt.date.fromisoformat(str(value)), language) for language in _BETWEEN}
    if isinstance(value, int | float):
        unit = question.unit or {}
        return {language: f"{value:g} {unit.get(language, '')}".strip() for language in _BETWEEN}
    return {language: str(value) for language in _BETWEEN}
