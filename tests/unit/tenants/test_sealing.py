"""What is sealed opens by its key at its place alone, and says how it was sealed."""

import pytest
from cryptography.exceptions import InvalidTag

from tenants.sealing import new_key, seal, unseal

KEY, ROW = new_key(), b"row"
SEALED = seal(KEY, "王姐".encode(), ROW)


def test_a_seal_opens_by_its_key_at_its_row():
    assert unseal(KEY, SEALED, ROW).decode() == "王姐"


@pytest.mark.parametrize(
    ("key", "about"),
    [(new_key(), ROW), (KEY, b"another row"), (KEY, b"")],
    ids=["another key", "another row", "no row"],
)
def test_by_another_key_or_at_another_row_it_does_not_open(key, about):
    with pytest.raises(InvalidTag):
        unseal(key, SEALED, about)


@pytest.mark.parametrize("place", range(len(SEALED)))
def test_a_seal_with_a_changed_byte_does_not_open(place):
    changed = bytes(byte ^ (at == place) for at, byte in enumerate(SEALED))
    with pytest.raises(InvalidTag):
        unseal(KEY, changed, ROW)


@pytest.mark.parametrize("length", range(0, len(SEALED), 7))
def test_a_seal_that_was_cut_off_does_not_open(length):
    with pytest.raises(InvalidTag):
        unseal(KEY, SEALED[:length], ROW)


def test_a_seal_begins_with_the_mark_of_its_cipher():
    assert SEALED[:1] == seal(new_key(), b"", b"")[:1] == b"\x01"
