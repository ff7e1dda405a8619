"""A sealed file opens as it was written, at its place, by its key, or not at all."""

import tracemalloc
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from tenants.files import write_blocks
from tenants.sealed_files import CHUNK, open_file, seal_file

KEY, ABOUT, PATH = bytes(range(32)), b"a case", "cases/one.sealed"
HEADER, SEALED_CHUNK = 38, CHUNK + 16
edges = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7, 3 * CHUNK])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store").as_uri()


def content(size):
    return (b"words of a case " * (size // 16 + 1))[:size]


def sealed(size, key=KEY, about=ABOUT, path=PATH):
    return b"".join(seal_file(key, content(size), about=about, path=path).make())


def opened(store, data, key=KEY, about=ABOUT, path=PATH):
    """What opens of these bytes at that place: whatever was handed out before the fault, and whether there was one."""
    place = Path(store.removeprefix("file://"), path)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    found = b""
    try:
        for block in open_file(store, path, key, about=about).blocks:
            found += block
    except InvalidTag:
        return found, False
    return found, True


def refused(store, data, **how):
    """It is told that something is wrong, and nothing but the beginning of what was written was handed out."""
    found, is_whole = opened(store, data, **how)
    return not is_whole and content(len(found)) == found


@given(edges)
def test_what_was_sealed_opens_and_has_the_size_that_was_said(store, size):
    blocks = seal_file(KEY, content(size), about=ABOUT, path=PATH)
    assert len(b"".join(blocks.make())) == blocks.size
    assert opened(store, sealed(size)) == (content(size), True)
    assert open_file(store, PATH, KEY, about=ABOUT).size == size


@given(edges, st.data())
def test_a_file_that_was_cut_off_anywhere_is_refused(store, size, data):
    whole = sealed(size)
    ends = st.one_of(st.integers(0, len(whole) - 1), st.sampled_from(
        [HEADER + n * SEALED_CHUNK for n in range(4) if HEADER + n * SEALED_CHUNK < len(whole)]
    ))  # fmt: skip
    assert refused(store, whole[: data.draw(ends)])


@given(edges, st.data())
def test_a_changed_bit_is_refused(store, size, data):
    broken = bytearray(sealed(size))
    broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(store, bytes(broken))


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=6))
def test_chunks_in_another_order_left_out_or_twice_are_refused(store, order, others):
    whole = sealed(3 * CHUNK + 5)
    head, rest = whole[:HEADER], whole[HEADER:]
    chunks = [rest[n * SEALED_CHUNK : (n + 1) * SEALED_CHUNK] for n in range(4)]
    for taken in (order, others):
        if list(taken) != [0, 1, 2, 3]:
            assert refused(store, head + b"".join(chunks[n] for n in taken))


@given(edges, st.binary(min_size=1, max_size=40))
def test_a_file_with_something_behind_it_is_refused(store, size, more):
    assert refused(store, sealed(size) + more)


@given(st.integers(0, 2))
def test_a_chunk_of_another_file_of_the_same_case_is_refused(store, number):
    one, other = sealed(2 * CHUNK + 5), sealed(2 * CHUNK + 5)
    begins = HEADER + number * SEALED_CHUNK
    ends = min(begins + SEALED_CHUNK, len(one))
    assert refused(store, one[:begins] + other[begins:ends] + one[ends:])


@pytest.mark.parametrize("how", [{"key": bytes(32)}, {"about": b"another case"}, {"path": "cases/two.sealed"}])
def test_another_key_another_case_and_another_place_open_nothing(store, how):
    assert opened(store, sealed(CHUNK + 5), **how) == (b"", False)


def test_a_file_of_a_form_that_is_not_ours_opens_nothing(store):
    assert opened(store, sealed(5).replace(b"FAMAI1", b"FAMAI2")) == (b"", False)


def test_two_of_the_same_content_have_nothing_in_common(store):
    assert sealed(64)[6:] != sealed(64)[6:]


def test_a_large_file_is_whole_in_memory_neither_on_its_way_in_nor_out(store):
    whole = bytes(24 * CHUNK)
    tracemalloc.start()
    try:
        write_blocks(store, "large.sealed", seal_file(KEY, whole, about=ABOUT, path="large.sealed"))
        size = sum(len(block) for block in open_file(store, "large.sealed", KEY, about=ABOUT).blocks)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == len(whole)
    assert peak < 8 * CHUNK
