"""What passes through is what was sent, and on the disk there is nothing to read, and no name."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.passing_files import PassingFile

LARGE = b"what the owner said of her lease " * 20_000


@pytest.fixture
def passing(tmp_path):
    with PassingFile(tmp_path) as file:
        yield file


def on_disk(folder):
    """What lies in files of this process that were opened in the folder, and have a name or none."""
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    held = []
    for link in links:
        try:
            if os.readlink(link).startswith(str(folder)):
                with open(link, "rb") as file:
                    held.append((oct(os.stat(link).st_mode & 0o777), file.read()))
        except FileNotFoundError:  # the listing's own
            continue
    return held


@given(parts=st.lists(st.binary(max_size=50_000), max_size=6), at=st.integers(0, 200_000), size=st.integers(0, 90_000))
def test_wherever_it_is_read_it_is_what_was_written(tmp_path_factory, parts, at, size):
    with PassingFile(tmp_path_factory.getbasetemp()) as file:
        for part in parts:
            file.write(part)
        file.seek(at)
        assert file.read(size) == b"".join(parts)[at : at + size]


def test_a_large_one_lies_sealed_for_its_owner_alone_under_no_name(passing, tmp_path):
    passing.write(LARGE)
    passing.seek(0)
    ((mode, held),) = on_disk(tmp_path)
    assert (mode, len(held) > 60_000, b"lease" in held, list(tmp_path.iterdir())) == ("0o600", True, False, [])


def test_the_same_words_lie_there_otherwise_each_time(tmp_path):
    with PassingFile(tmp_path) as one, PassingFile(tmp_path) as other:
        for file in (one, other):
            file.write(LARGE)
            file.seek(0)
        first, second = (held for _, held in on_disk(tmp_path))
        assert first[:60_000] != second[:60_000]


def test_a_small_one_touches_no_disk(passing, tmp_path):
    passing.write(b"a form")
    assert on_disk(tmp_path) == []


def test_what_is_written_is_not_written_over(passing):
    passing.write(b"once")
    passing.seek(0)
    with pytest.raises(io.UnsupportedOperation):
        passing.write(b"more")


def test_it_can_be_read_line_by_line(passing):
    passing.write("名称,身份\n甲,对方\n".encode())
    passing.seek(0)
    assert [line.decode() for line in passing] == ["名称,身份\n", "甲,对方\n"]


def test_closed_it_is_gone(tmp_path):
    file = PassingFile(tmp_path)
    file.write(LARGE)
    file.close()
    assert on_disk(tmp_path) == []
