"""Numbers as people type them. Pure."""

_MOST_DIGITS = 18


def whole_number(raw: str, *, least: int, most: int) -> int | None:
    """The whole number written in ASCII digits, or None where it is none or outside its room."""
    text = raw.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        return None
    return int(text) if least <= int(text) <= most else None
