"""How many must stand behind a number before it is shown to anybody whose case it is not. Pure."""

LEAST_BEHIND = 10
MOST_VOUCHED = 3  # businesses that one phone brings into the statistics


def protected_width(k: int) -> int:
    """How far apart the least and the most that an attacker can prove of a hidden number must lie; how many of the
    others' a firm must be left with that takes away its own."""
    return max(3, k // 2)
