"""Words that an act asks for: a reason, an answer, a name. Pure.

Said in one place, so that every act reads them alike: what nobody can see is no word, and too many are sent back whole.
"""

from tenants.errors import FieldFault, Invalid
from tenants.typed.text import one_line, prose


def word_faults(words: str, name: str, *, most: int, needed: bool = True) -> tuple[FieldFault, ...]:
    """What is wrong with words that were read already: none where some are `needed`, or more than `most` letters."""
    if not words and not needed:
        return ()
    if not words:
        return (FieldFault(name, "required"),)
    return (FieldFault(name, "too_long", {"most": most}),) if len(words) > most else ()


def check_words(raw: str, name: str, *, most: int, needed: bool = True) -> str:
    """The words with their line breaks. Raises: Invalid on `name` with `required` or `too_long`."""
    return _sound(prose(raw), name, most, needed)


def check_line(raw: str, name: str, *, most: int, needed: bool = True) -> str:
    """The words on one line. Raises: as `check_words`."""
    return _sound(one_line(raw), name, most, needed)


def _sound(words: str, name: str, most: int, needed: bool) -> str:
    if faults := word_faults(words, name, most=most, needed=needed):
        raise Invalid(faults)
    return words
