"""Colours come from tokens alone, every scheme has them, and words are readable on each ground in each scheme."""

import re
from itertools import product

import pytest

from tests.places import ROOT

STATIC = ROOT / "webapp" / "static"
SHEETS = sorted(STATIC.glob("*.css"))
WORDS = ("ink", "quiet", "link", "red", "orange", "yellow", "green", "grey")
GROUNDS = ("paper", "sheet", "pale", "tint")
ON_THEIR_OWN = [(name, f"{name}-pale") for name in ("red", "orange", "yellow", "green", "grey", "blue")]
ON_LAMPS = [("on-lamp", name) for name in ("red", "orange", "yellow", "green", "grey")]
ON_SHADES = [("ink", f"shade-{step}") for step in range(4)] + [("on-shade", f"shade-{step}") for step in (4, 5)]
PAIRS = [
    *product(WORDS, GROUNDS),
    *ON_THEIR_OWN,
    *ON_LAMPS,
    *ON_SHADES,
    ("on-brand", "brand"),
    ("ink", "warn-pale"),
    ("orange", "warn-pale"),
    ("link", "green-pale"),
]


def _tokens(*names):
    """The tokens as a browser has them after these sheets, in their order."""
    told = {}
    for name in names:
        for block in re.findall(r":root \{(.*?)\}", (STATIC / name).read_text(), flags=re.S):
            told.update(re.findall(r"--([\w-]+): ([^;]+);", block))
    return told


SCHEMES = {
    "light": _tokens("famai.css", "staff.css"),
    "dark": _tokens("famai.css", "staff.css", "dark.css"),
}


def _light_of(colour):
    """Relative luminance, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    dark, light = sorted((_light_of(one), _light_of(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme, word, ground):
    tokens = SCHEMES[scheme]
    assert _contrast(tokens[word], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_is_seen(scheme, ground):
    assert _contrast(SCHEMES[scheme]["edge"], SCHEMES[scheme][ground]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_a_rule_names_a_token_and_never_a_colour(sheet):
    rules = re.sub(r"/\*.*?\*/|:root \{.*?\}", "", sheet.read_text(), flags=re.S)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(|: (?:white|black)\b", rules) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_a_token_that_is_used_is_there_and_a_scheme_makes_up_none(sheet):
    text = sheet.read_text()
    asked = set(re.findall(r"var\(--([\w-]+)\)", text))
    if sheet.name in ("dark.css", "contrast.css"):
        asked |= set(re.findall(r"--([\w-]+):", text))
    assert asked - set(SCHEMES["light"]) == set()
