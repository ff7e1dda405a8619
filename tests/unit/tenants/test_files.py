"""Files are whole or not there, and read by their owner alone."""

import errno
import os

import pytest

from tenants.files import has_file, kept_if_done, list_changes, read_file, write_file


@pytest.fixture
def store(tmp_path):
    return tmp_path, tmp_path.as_uri()


def test_a_full_disk_leaves_nothing_and_the_next_try_writes_it_whole(store, monkeypatch):
    folder, url = store

    def full(handle):
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="no space"):
        patched.setattr(os, "fsync", full)
        write_file(url, "firm/report.sealed", b"all of it")
    assert list((folder / "firm").iterdir()) == []
    write_file(url, "firm/report.sealed", b"all of it")
    assert read_file(url, "firm/report.sealed") == b"all of it"


def test_an_empty_file_that_a_full_disk_left_is_written_again(store):
    folder, url = store
    (folder / "report.sealed").touch()
    write_file(url, "report.sealed", b"all of it")
    assert read_file(url, "report.sealed") == b"all of it"


def test_nobody_else_on_the_machine_reads_a_file_or_its_folder(store):
    folder, url = store
    write_file(url, "firm/case/report.sealed", b"words")
    assert (folder / "firm/case/report.sealed").stat().st_mode & 0o777 == 0o600
    assert (folder / "firm/case").stat().st_mode & 0o077 == 0


def test_files_of_what_ends_badly_go(tmp_path):
    with pytest.raises(RuntimeError), kept_if_done(str(tmp_path), {"a/one": b"1", "a/two": b"2"}):
        assert read_file(str(tmp_path), "a/two") == b"2"
        raise RuntimeError
    assert [has_file(str(tmp_path), path) for path in ("a/one", "a/two")] == [False, False]


def test_files_of_what_ends_well_stay(tmp_path):
    with kept_if_done(str(tmp_path), {"a/one": b"1"}):
        pass
    assert [path for path, _ in list_changes(str(tmp_path), "a")] == ["a/one"]
