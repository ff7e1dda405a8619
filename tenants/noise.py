"""Noise for numbers that may be asked for again: drawn exactly, in whole numbers, from the machine's randomness
(Canonne, Kamath, Steinke, 2020, algorithms 1 and 2). Whoever draws it keeps count of the epsilon that is spent."""

import secrets
from fractions import Fraction

_random = secrets.SystemRandom()


def discrete_laplace(scale: Fraction) -> int:
    """A whole number x with probability in proportion to exp(−|x| / scale), without any rounding."""
    top, bottom = scale.numerator, scale.denominator
    while True:
        offset = _random.randrange(top)
        if not _flip_exp(Fraction(offset, top)):
            continue
        turns = 0
        while _flip_exp(Fraction(1)):
            turns += 1
        size = (offset + top * turns) // bottom
        is_negative = _random.randrange(2) == 1
        if size or not is_negative:
            return -size if is_negative else size


def _flip_exp(gamma: Fraction) -> bool:
    """True with probability exp(−gamma), for gamma in [0, 1] (algorithm 1)."""
    k = 1
    while _random.randrange(gamma.denominator * k) < gamma.numerator:
        k += 1
    return k % 2 == 1
