"""Backups by the server's own tools: whole or not at all, files included, and what was erased stays erased."""

import base64
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tenants.errors import NotFound
from tenants.files import has_file, remove_file, write_file
from tenants.sealing import fingerprint
from tests.own_city import answer, opened_by_master, own_city, seal_by_master, start
from webapp import migrating
from webapp.operating import backups
from webapp.operating.backups import list_sets, make_backup
from webapp.operating.restores import scratch_database


@pytest.fixture(scope="module")
def city(tmp_path_factory, settings):
    """A city of its own that may be thrown away and brought back: (settings, run famai …, admin SQL)."""
    with own_city(tmp_path_factory.mktemp("city"), settings) as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def back_up(run, folder, *more, **env):
    result = run("backup", str(folder), *more, **env)
    assert result.exit_code == 0, result.output
    return list_sets(folder)[-1]


def bring_back(run, folder, name, *more, **env):
    result = run("restore", str(folder), "--set", name, "--yes", *more, **env)
    assert result.exit_code == 0, result.output


def earlier(folder, name):
    """The set as if it had been made a day before, so that the next one has another name."""
    other = f"2026-11-01{name[10:]}"
    (folder / name).rename(folder / other)
    return other


def test_an_erased_case_stays_closed_when_an_older_set_is_restored(city, folder):
    settings, run, sql = city
    client, scope, erased = start(settings)
    _, kept_scope, kept = start(settings)
    # An application for relief has a key of its own.
    sql("INSERT INTO part_key (firm_id, part_id, checkup_id, owner_id, wrapped_key) "
        "SELECT firm_id, checkup_id, checkup_id, owner_id, wrapped_key FROM case_key WHERE checkup_id = :id "
        "AND opens = 'facts'", id=erased)  # fmt: skip
    old = earlier(folder, back_up(run, folder))
    client.post(f"/checkup/{erased}/mine/erase")
    back_up(run, folder)
    bring_back(run, folder, old)
    assert answer(settings, kept_scope, kept) == "few"
    with pytest.raises(NotFound):
        answer(settings, scope, erased)
    for table in ("case_key", "part_key"):
        assert sql(f"SELECT count(*) FROM {table} WHERE checkup_id = :id", id=erased) == [(0,)], table


def test_with_the_keys_of_that_day_it_would_open_again(city, folder):
    """So the test above can fail, and so only the newest keys are kept."""
    settings, run, _ = city
    client, scope, erased = start(settings)
    old = earlier(folder, back_up(run, folder))
    shutil.copy(folder / "keys.tar", folder / "kept")
    client.post(f"/checkup/{erased}/mine/erase")
    back_up(run, folder)
    shutil.copy(folder / "kept", folder / "keys.tar")
    bring_back(run, folder, old)
    assert answer(settings, scope, erased) == "few"


def test_a_set_from_before_a_rotation_of_keys_opens_with_the_newest_keys(city, folder):
    settings, run, _ = city
    _, scope, checkup = start(settings)
    old = earlier(folder, back_up(run, folder))
    assert run("keys", "rotate-firm", "hubin").exit_code == 0
    back_up(run, folder)
    bring_back(run, folder, old)
    assert answer(settings, scope, checkup) == "few"


@pytest.fixture
def rotated(city, folder):
    """(the set of before, the older master, the new one, env of a city that has the new one) after a rotation."""
    _, run, sql = city
    old, new = city[0].master_key, os.urandom(32)
    seal_by_master(sql, old)
    name = earlier(folder, back_up(run, folder))
    env = {"FAMAI_MASTER_KEY": base64.b64encode(new).decode()}
    assert run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=env["FAMAI_MASTER_KEY"]).exit_code == 0
    yield name, old, new, env
    back = base64.b64encode(old).decode()
    assert run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=back, **env).exit_code == 0


def test_keys_under_an_older_master_are_named_and_nothing_changes_without_it(city, folder, rotated):
    _, run, sql = city
    name, old, new, env = rotated
    for more in ((), ("--older-master", base64.b64encode(os.urandom(32)).decode())):
        result = run("restore", str(folder), "--set", name, "--yes", *more, **env)
        assert result.exit_code == 1
        assert f"sealed by the master key {fingerprint(old)}, FAMAI_MASTER_KEY is {fingerprint(new)}" in result.output
    assert set(opened_by_master(sql, new).values()) == {"opens"}


def test_with_the_older_master_all_opens_with_the_new_one(city, folder, rotated):
    _, run, sql = city
    name, old, new, env = rotated
    bring_back(run, folder, name, "--older-master", base64.b64encode(old).decode(), **env)
    assert set(opened_by_master(sql, new).values()) == {"opens"}


def test_after_one_more_backup_an_older_set_needs_the_new_master_alone(city, folder, rotated):
    _, run, sql = city
    name, _, new, env = rotated
    back_up(run, folder, **env)
    bring_back(run, folder, name, **env)
    assert set(opened_by_master(sql, new).values()) == {"opens"}


def test_what_was_emptied_since_then_stays_empty(city, folder):
    settings, run, sql = city
    seal_by_master(sql, settings.master_key)
    name = earlier(folder, back_up(run, folder))
    sql("UPDATE ticket SET sealed = NULL")
    back_up(run, folder)
    bring_back(run, folder, name)
    assert opened_by_master(sql, settings.master_key)["ticket.sealed"] == "none"


def test_a_case_that_began_after_the_set_leaves_no_key_behind(city, folder):
    settings, run, sql = city
    old = earlier(folder, back_up(run, folder))
    _, _, later = start(settings)
    back_up(run, folder)
    bring_back(run, folder, old)
    assert sql("SELECT count(*) FROM case_key WHERE checkup_id = :id", id=later) == [(0,)]


def test_what_is_restored_is_what_the_code_says(city, folder):
    settings, run, _ = city
    bring_back(run, folder, back_up(run, folder))
    migrating.check(settings.admin_database_url)


def test_files_come_back_and_are_copied_once(city, folder):
    settings, run, _ = city
    write_file(settings.files_url, "uploads/a/one.bin", b"sealed bytes")
    earlier(folder, back_up(run, folder))
    kept = sorted((folder / "files").glob("*/*"))
    name = back_up(run, folder)
    assert sorted((folder / "files").glob("*/*")) == kept
    remove_file(settings.files_url, "uploads/a/one.bin")
    bring_back(run, folder, name)
    assert has_file(settings.files_url, "uploads/a/one.bin")


def test_a_file_that_was_changed_in_the_backup_is_found_by_the_rehearsal(city, folder):
    settings, run, sql = city
    write_file(settings.files_url, "uploads/a/two.bin", b"other sealed bytes")
    name = earlier(folder, back_up(run, folder))
    digest = next(
        line.split()[0] for line in (folder / name / "files.txt").read_text().splitlines() if "two.bin" in line
    )
    (folder / "files" / digest[:2] / digest).write_bytes(b"turned")
    result = run("backup", str(folder), "--rehearse")
    assert result.exit_code == 1
    assert "holds another content" in result.output
    assert "another content" in sql("SELECT fault FROM backup_run ORDER BY began_at DESC, id DESC LIMIT 1")[0][0]


def test_a_rehearsal_says_how_long_bringing_back_takes_and_leaves_no_database(city, folder):
    _, run, sql = city
    assert "restored in" in run("backup", str(folder), "--rehearse").output
    assert sql("SELECT restored_seconds >= 0 FROM backup_run ORDER BY id DESC LIMIT 1") == [(True,)]
    assert sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'famai_rehearsal%'") == [(0,)]


def leave_during_drop(line, watching):
    while not watching.execute("SELECT FROM pg_stat_activity WHERE query LIKE 'DROP DATABASE \"famai_re%'").fetchall():
        pass
    line.close()


def test_a_rehearsal_waits_for_a_process_over_which_its_role_has_no_power(city):
    settings, _, sql = city
    sql("CREATE ROLE rehearser LOGIN CREATEDB")
    own = replace(settings, admin_database_url=make_conninfo(settings.admin_database_url, user="rehearser"))
    with (
        ThreadPoolExecutor(1) as beside,
        psycopg.connect(settings.admin_database_url, autocommit=True) as watching,
        scratch_database(own) as name,
    ):
        line = psycopg.connect(make_conninfo(settings.admin_database_url, dbname=name))
        left = beside.submit(leave_during_drop, line, watching)
    left.result()
    assert sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'famai_rehearsal%'") == [(0,)]


def test_a_backup_that_is_cut_off_leaves_the_sets_of_before_as_they_were(city, folder, monkeypatch):
    settings, run, _ = city
    back_up(run, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def stop(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(backups, "_copy_files", stop)
    with pytest.raises(OSError, match="full"):
        make_backup(settings, folder)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_restore_that_fails_has_changed_nothing(city, folder):
    settings, run, sql = city
    name = back_up(run, folder)
    _, scope, checkup = start(settings)
    dump = folder / name / "famai.dump"
    dump.write_bytes(dump.read_bytes()[:-2000])
    result = run("restore", str(folder), "--set", name, "--yes")
    assert result.exit_code == 1
    assert answer(settings, scope, checkup) == "few"


def test_old_sets_and_files_that_only_they_named_are_removed_when_asked(city, folder):
    settings, run, _ = city
    write_file(settings.files_url, "uploads/a/gone.bin", b"soon gone")
    earlier(folder, back_up(run, folder))
    remove_file(settings.files_url, "uploads/a/gone.bin")
    kept = len(list((folder / "files").glob("*/*")))
    name = back_up(run, folder, "--keep", "3")
    assert list_sets(folder) == [name]
    assert len(list((folder / "files").glob("*/*"))) == kept - 1


def test_backups_are_for_their_owner_alone(city, folder):
    _, run, _ = city
    back_up(run, folder)
    assert [file for file in folder.rglob("*") if file.is_file() and file.stat().st_mode & 0o077] == []


def test_a_folder_without_a_whole_set_is_refused(city, folder):
    _, run, _ = city
    folder.mkdir()
    result = run("restore", str(folder), "--yes")
    assert result.exit_code == 1
    assert "no whole backup" in result.output
