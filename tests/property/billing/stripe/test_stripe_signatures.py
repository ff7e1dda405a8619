import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from billing.stripe.signatures import TOLERANCE_SECONDS, BadSignature, sign, verify

AT = 1_795_000_000
text = st.text(st.characters(codec="utf-8"), max_size=80)


@given(text, st.text("abcdef0123456789", min_size=1, max_size=40))
def test_what_we_sign_stripes_own_library_accepts_and_so_do_we(body, secret):
    header = sign(body.encode(), secret, AT)
    assert stripe.WebhookSignature.verify_header(body, header, secret)
    verify(body.encode(), header, secret, AT)


@given(text, text, st.integers(-TOLERANCE_SECONDS - 5, TOLERANCE_SECONDS + 5))
def test_only_the_same_body_signed_within_the_window_passes(body, other, age):
    header = sign(body.encode(), "whsec", AT)
    if other == body and abs(age) <= TOLERANCE_SECONDS:
        verify(other.encode(), header, "whsec", AT + age)
    else:
        with pytest.raises(BadSignature):
            verify(other.encode(), header, "whsec", AT + age)


@given(text)
def test_no_header_breaks_the_door(header):
    with pytest.raises(BadSignature):
        verify(b"{}", header, "whsec", AT)
