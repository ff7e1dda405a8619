"""Numbers by which businesses and people are registered: read with all their checks, or refused by name. Pure.

The unified social credit code: GB 32100-2015, its body the organisation code of GB 11714-1997. The number of an
identity card is recognised only to be refused: nobody here needs it, and what is never stored cannot leak (PIPL 6, 28).
"""

import re

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from tenants.errors import Unreadable
from tenants.typed.codes import code, fit
from tenants.typed.text import for_machines

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH, _OLD_LENGTH = 18, 15
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NATIONAL = "10"  # registered with the central authority
_ID_CARD = re.compile(r"(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ -](?=[\dX])", re.ASCII)
# What the first two signs of a code say of the form of business (GB 32100-2015, table 1).
_FORMS = {"92": {"individual"}, "91": {"company", "sole", "partnership"}}


def credit_code(raw: str) -> str:
    """A unified social credit code, both check signs and the division right; what Excel puts around it does not matter.

    Raises: Unreadable `id_card`, `old_registration_number` (15 digits, before 2015), `wrong_check_digit`.
    """
    if holds_id_card(raw):
        raise Unreadable("id_card")
    typed = code(raw)
    if len(typed) == _OLD_LENGTH and typed.isdecimal():
        raise Unreadable("old_registration_number")
    signs = fit(typed, _SIGNS)
    if not _is_credit_code(signs):
        raise Unreadable("wrong_check_digit")
    return signs


def _is_credit_code(signs: str) -> bool:
    if len(signs) != _LENGTH or not signs.strip("0"):
        return False
    try:
        uscc.validate(signs)
    except ValidationError:
        return False
    province = signs[2:4] == _NATIONAL or any("province" in found for _, found in numdb.get("cn/loc").info(signs[2:8]))
    return province and signs[16] == _body_check(signs[8:16])


def _body_check(body: str) -> str:
    """The check sign of an organisation code: modulo 11, ten written X."""
    total = sum(_BODY_SIGNS.index(sign) * weight for sign, weight in zip(body, _BODY_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def is_of_form(credit_code: str, form: str) -> bool:
    """Whether a business of this legal form can have this code; codes of other registers say nothing."""
    return form in _FORMS.get(credit_code[:2], {form})


def holds_id_card(raw: str) -> bool:
    """Whether there is the number of an identity card in the text: birthday, division and check sign right."""
    folded = _BETWEEN_DIGITS.sub("", for_machines(raw).upper())
    return any(ric.is_valid(found) for found in _ID_CARD.findall(folded))
