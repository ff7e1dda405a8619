"""Words of prison and crime: where an owner reads one, somebody whom she can call at once stands beside it. Pure."""

import re

# Titles of laws have their own capitals and words (Criminal Law, 刑事案件), and frighten nobody.
_WORDS = re.compile(r"坐牢|拘留|被关|判刑|刑事责任|犯罪|犯法|逮捕|\b[Pp]rison|\b(?:jail|detain|arrest|crime|criminal)")


def is_frightening(text: str) -> bool:
    """Whether a text, in any language of ours, speaks of prison or crime."""
    return _WORDS.search(text) is not None
