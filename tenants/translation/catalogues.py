"""Compiled catalogues: English as it is written, zh-Hant made of the messages themselves, once, by phrases. Pure."""

import hashlib
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from tenants import languages

FOLDER = Path(__file__).resolve().parents[2] / "translations"
_SOURCE = FOLDER / "en" / "LC_MESSAGES" / "messages.po"
_STAMP = FOLDER / "compiled"  # what the compiled catalogues were made of
_MADE_OF = (_SOURCE, Path(__file__), Path(languages.__file__))
_PLACE = re.compile(r"\{\w*")
Forms = str | Sequence[str] | None  # a message that counts has two: one thing, many things


def read_english() -> Catalog:
    """The catalogue as people write it."""
    with _SOURCE.open("rb") as file:
        return read_po(file, locale="en")


def read_template(file: Path) -> Catalog:
    """What `pybabel extract` found."""
    with file.open("rb") as opened:
        return read_po(opened)


def compare(found: Catalog, english: Catalog) -> list[str]:
    """What is out of date, a line each: without English, dead, or with other placeholders than the Chinese has."""
    used, known = {m.id for m in found if m.id}, {m.id: m for m in english if m.id}
    faults = [f"no English: {_first(id_)}" for id_ in used if id_ not in known or not _is_told(known[id_])]
    faults += [f"dead: {_first(id_)}" for id_ in known.keys() - used]
    faults += [f"other placeholders: {_first(id_)}" for id_, m in known.items() if not _has_values(m)]
    return sorted(faults)


def _forms(text: Forms) -> Sequence[str]:
    return [text] if isinstance(text, str) else text or [""]


def _first(text: Forms) -> str:
    return _forms(text)[0]


def _is_told(message: Message) -> bool:
    return all(_forms(message.string)) and not message.fuzzy


def _has_values(message: Message) -> bool:
    """Whether each placeholder of the English has a value; "one case" may well leave out its number."""
    given = {*_PLACE.findall(_first(message.id))}
    return all({*_PLACE.findall(form)} <= given for form in _forms(message.string))


def make_traditional(english: Catalog) -> Catalog:
    """Every message of the English catalogue in traditional characters."""
    made = Catalog(locale="zh_Hant")
    for message in english:
        if message.id:
            words = languages.traditional(_first(message.id))
            made.add(message.id, words if isinstance(message.id, str) else (words,))
    return made


def compile_catalogues() -> None:
    """Write what Flask-Babel reads; two processes at once do no harm."""
    english = read_english()
    for catalog in (english, make_traditional(english)):
        target = FOLDER / str(catalog.locale) / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            write_mo(file, catalog)
        beside.replace(target)
    _STAMP.write_text(_digest(), encoding="ascii")


def compile_if_changed() -> None:
    """For a fresh clone, and after a change of the words; a site that was built once finds all as it should be."""
    if not _STAMP.exists() or _STAMP.read_text(encoding="ascii") != _digest():
        compile_catalogues()


@cache
def load(locale: str) -> NullTranslations:
    """The compiled catalogue of a locale; zh-Hans is its own. For who is below the edge; pages ask Flask-Babel."""
    compile_if_changed()
    return Translations.load(FOLDER, [locale.replace("-", "_")])


def _digest() -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in _MADE_OF)).hexdigest()
