"""Words that names are built of, from `name_words.yaml`. Pure."""

from collections.abc import Mapping
from pathlib import Path

import yaml

_WORDS: Mapping[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def _list(name: str) -> tuple[str, ...]:
    return tuple(_WORDS[name].split())


LEGAL_FORMS = _list("legal_forms")
TRADES = _list("trades")
PLACES = _list("places")
PLACE_SHORT: Mapping[str, str] = _WORDS["place_short"]  # type: ignore[assignment]  # a mapping in a file of lists
LATIN_FORMS = frozenset(_list("latin_forms"))
LATIN_TRADES = frozenset(_list("latin_trades"))
LATIN_PLACES = frozenset(_list("latin_places"))
TITLES = _list("titles")
SURNAMES = frozenset(_list("surnames"))
NUMERALS = frozenset("零一二三四五六七八九十百千0123456789甲乙丙丁")
