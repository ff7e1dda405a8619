"""Why a message did not arrive is told without whom it was for."""

import pytest

from tenants.messages import nobody_named


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("550 5.1.1 <wang@noodles.example>: no such user", "550 5.1.1 <…>: no such user"),
        ("isv.MOBILE_NUMBER_ILLEGAL 13800138000", "isv.MOBILE_NUMBER_ILLEGAL …"),
        ("refused +86 138 0013 8000", "refused …"),
        ("no channel for e-mail: set FAMAI_SMTP_URL", "no channel for e-mail: set FAMAI_SMTP_URL"),
        ("timed out after 10 s", "timed out after 10 s"),
    ],
)
def test_a_fault_names_nobody(said, told):
    assert nobody_named(said) == told
