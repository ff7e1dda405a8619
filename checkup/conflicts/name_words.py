"""Words that names are built of, from `name_words.yaml`. Pure."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkup.packs.yaml_reader import read_plain

_WORDS: Mapping[str, Any] = read_plain(Path(__file__).with_suffix(".yaml"))


def _list(name: str) -> tuple[str, ...]:
    return tuple(str(_WORDS[name]).split())


LEGAL_FORMS = _list("legal_forms")
TRADES = _list("trades")
PLACES = _list("places")
PLACE_SHORT: Mapping[str, str] = _WORDS["place_short"]  # a mapping in a file of lists
LATIN_FORMS = frozenset(_list("latin_forms"))
LATIN_TRADES = frozenset(_list("latin_trades"))
LATIN_PLACES = frozenset(_list("latin_places"))
TITLES = _list("titles")
SURNAMES = frozenset(_list("surnames"))
ROLES = _list("roles")
ALIASES = _list("aliases")
NOBODY = frozenset(_list("nobody"))
MATTERS = _list("matters")
COLUMNS: Mapping[str, tuple[str, ...]] = {one: tuple(said.split()) for one, said in _WORDS["columns"].items()}
SIDES: Mapping[str, str] = {word: side for side, said in _WORDS["sides"].items() for word in said.split()}
NUMERALS = frozenset("零一二三四五六七八九十百千0123456789甲乙丙丁")
