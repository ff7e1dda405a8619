"""Files are whole or not there, and read by their owner alone."""

import errno
import os
from types import SimpleNamespace

import pytest

from tenants import files
from tenants.files import (
    Blocks,
    has_file,
    has_space,
    kept_if_done,
    list_changes,
    list_files,
    read_file,
    write_blocks,
    write_file,
    write_private,
)

TWO = Blocks(2, lambda: iter((b"1", b"2")))


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


@pytest.mark.parametrize("url", ["", "memory://store"])
def test_a_content_that_breaks_off_or_is_shorter_than_was_said_leaves_nothing(store, url):
    def broken():
        yield b"half of it"
        raise RuntimeError("the key is gone")

    url = url or store[1]
    with pytest.raises(RuntimeError):
        write_blocks(url, "report.sealed", Blocks(20, broken))
    with pytest.raises(OSError, match="whole"):
        write_blocks(url, "report.sealed", Blocks(20, lambda: iter((b"half of it",))))
    assert list(list_files(url)) == []


def test_nobody_else_on_the_machine_reads_a_file_or_its_folder(store):
    folder, url = store
    write_file(url, "firm/case/report.sealed", b"words")
    assert (folder / "firm/case/report.sealed").stat().st_mode & 0o777 == 0o600
    assert (folder / "firm/case").stat().st_mode & 0o077 == 0


def test_files_of_what_ends_badly_go(tmp_path):
    with pytest.raises(RuntimeError), kept_if_done(str(tmp_path), {"a/one": TWO, "a/two": TWO}):
        assert read_file(str(tmp_path), "a/two") == b"12"
        raise RuntimeError
    assert [has_file(str(tmp_path), path) for path in ("a/one", "a/two")] == [False, False]


def test_files_of_what_ends_well_stay(tmp_path):
    with kept_if_done(str(tmp_path), {"a/one": TWO}):
        pass
    assert [path for path, _ in list_changes(str(tmp_path), "a")] == ["a/one"]


def test_a_private_file_that_breaks_off_is_not_there_and_the_next_try_writes_it(tmp_path, monkeypatch):
    file = tmp_path / "signing.pem"

    def killed(handle):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "fsync", killed)
        write_private(file, b"a key")
    assert list(tmp_path.iterdir()) == []
    assert write_private(file, b"a key")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"a key", 0o600)


def test_a_private_file_that_is_there_stays(tmp_path):
    file = tmp_path / "signing.pem"
    assert (write_private(file, b"first"), write_private(file, b"second")) == (True, False)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("signing.pem", b"first")]


@pytest.mark.parametrize(("free", "may"), [(files.KEPT_FREE + 1, True), (files.KEPT_FREE, False)])
def test_what_people_send_leaves_the_disk_room_for_answers(tmp_path, monkeypatch, free, may):
    monkeypatch.setattr(files.shutil, "disk_usage", lambda place: SimpleNamespace(free=free))
    assert has_space((tmp_path / "not there yet").as_uri()) is may


def test_an_object_store_has_no_end():
    assert has_space("memory://store")
