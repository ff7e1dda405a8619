"""Both keys are rotated, all is backed up, a case is erased, the old data comes back with the new keys; then every key
that is left is tried at everything sealed that the case ever had. Tables and columns are read from the models."""

import base64
import itertools
import os
import uuid
from dataclasses import replace
from types import SimpleNamespace

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary

from bureau.complaints.complaints import Said, open_complaint
from checkup.cases.checkups import get_checkup_row
from checkup.cases.key_rotation import list_sealed_columns
from checkup.conflicts.parties import check_again
from demo.city import city_officers
from demo.relief import open_policy
from tenants.base import Base
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.files import list_files, read_file
from tenants.sealing import seal, unseal
from tests.erased import erase_in_full, finish
from tests.factories import make_case, make_waiver, owner_scope
from tests.own_city import own_city
from tests.writers import ClaimedFix, LawyersMessage, OwnersMessage, Rated, Shared, WishedToBeReminded
from webapp.registry import list_key_tables, register_models

register_models()
WRITERS = (OwnersMessage, LawyersMessage, ClaimedFix, Shared, Rated, WishedToBeReminded)
# Not by a key of the case: public halves and published bytes; what a link alone opens (its salt goes with the case).
OPEN = {("passkey", "credential_id"), ("passkey", "public_key"), ("bureau_edition", "content"), ("share", "sealed"),
        ("share_key", "salt")}  # fmt: skip
SEALED = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary) and not column.info and (table.name, column.name) not in OPEN
]
# Of an owner, but in no case of the tests: the services that write them have tests of their own.
RARE = {("hour_entry", "sealed_note"), ("law_flag", "sealed_words")}


def write_about(settings, case):
    """Everything that people write about a case, by the services that they write it with."""
    for kind in WRITERS:
        writing = kind.__new__(kind)
        writing.settings, writing.keys, writing.case = settings, settings.keyring(), case
        writing.of_case = {"checkup_id": case.checkup_id, "keys": writing.keys}
        with writing():
            pass
    make_waiver(settings, case, "granted")
    with unit_of_work(owner_scope(case)) as work:
        said = Said("三天没回话", "13800138000", True)
        check_again(work, get_checkup_row(work, case.checkup_id), settings.keyring())
        open_complaint(work, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())


class Safe:
    """Whatever a thief has: the database of now, the master keys of now and before."""

    def __init__(self, sql, *masters):
        self.sql, self.masters = sql, masters

    def list_keys(self):
        """The masters, each firm's, and every data key that one of those opens."""
        firms = [
            key for row_id, wrapped in self._wrapped("firm") for key in self._opened(wrapped, self.masters, [row_id])
        ]
        data = [
            key
            for table, column in list_sealed_columns("firm")
            for about, wrapped in self.sql(f"SELECT {column.info['about']}, {column.name} FROM {table.name}")
            for key in self._opened(wrapped, firms, [about])
        ]
        return [*self.masters, *firms, *data]

    def _wrapped(self, table):
        return self.sql(f"SELECT id, wrapped_key FROM {table} WHERE wrapped_key IS NOT NULL")

    @staticmethod
    def _opened(sealed, keys, ids):
        """What each of these keys makes of it, bound to any of these ids in either form."""
        found = []
        for key, one in itertools.product(keys, ids):
            for about in (str(one).encode(), one.bytes):
                try:
                    found.append(unseal(key, bytes(sealed), about))
                except (InvalidTag, ValueError):
                    continue
        return found

    def rows_of(self, case, table, column):
        """(value, ids that its seal may be bound to) of the owner's rows."""
        ids = [name for name, part in Base.metadata.tables[table].c.items() if name == "id" or name.endswith("_id")]
        whose = "person_id" if "owner_id" not in ids else "owner_id"
        query = f"SELECT {column}, {', '.join(ids)} FROM {table} WHERE {whose} = :owner AND length({column}) > 0"
        return [(value, [one for one in bound if isinstance(one, uuid.UUID)])
                for value, *bound in self.sql(query, owner=case.owner_id)]  # fmt: skip

    def opens(self, value, ids, keys):
        return self._opened(value, keys, ids) != []


@pytest.fixture(scope="module")
def walked(tmp_path_factory, settings):
    """What opened before the erasure and what opens after the old data came back: {(table, column): (rows, opened)}."""
    with own_city(tmp_path_factory.mktemp("city"), settings) as (made, run, sql):
        told = SimpleNamespace(before={}, after={}, made=made)
        open_policy(made, city_officers())
        case, other = make_case(made, "signed", seed=68), make_case(made, "signed", seed=69)
        write_about(made, case)
        old, new = made.keyring().master, os.urandom(32)
        worth = base64.b64encode(new).decode()
        assert run("keys", "rotate-firm", "hubin").exit_code == 0
        assert run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=worth).exit_code == 0
        made, told.case, told.other = replace(made, master_key=new), case, other
        plant(sql, made, case)
        safe, env = Safe(sql, old, new), {"FAMAI_MASTER_KEY": worth}
        told.safe, told.before = safe, try_all(safe, case)
        told.files = [read_file(made.files_url, path) for path in files_of(made, case)]
        told.files_before = [opens_file(safe, case, one) for one in told.files]
        told.key_rows = keys_of(sql, case)
        folder = tmp_path_factory.mktemp("sets")
        assert run("backup", str(folder), **env).exit_code == 0
        (name,) = [place.name for place in folder.iterdir() if (place / "famai.dump").exists()]
        (folder / name).rename(folder / f"2026-11-01{name[10:]}")
        erase_in_full(case)
        finish(made, case)
        assert run("backup", str(folder), **env).exit_code == 0
        result = run("restore", str(folder), "--set", f"2026-11-01{name[10:]}", "--yes", **env)
        assert result.exit_code == 0, result.output
        told.after, told.key_rows_after = try_all(safe, case), keys_of(sql, case)
        told.of_other = try_all(safe, other)
        told.files_after = [opens_file(safe, case, one) for one in told.files]
        yield told


def plant(sql, settings, case):
    """A seal in each sealed column of the case's rows that has none yet, by the key that opens its facts."""
    ((wrapped, firm_key, firm_id),) = sql(
        "SELECT k.wrapped_key, f.wrapped_key, f.id FROM case_key k JOIN firm f ON f.id = k.firm_id "
        "WHERE checkup_id = :id AND opens = 'facts'", id=case.checkup_id,
    )  # fmt: skip
    key = settings.keyring().case(bytes(firm_key), str(firm_id), bytes(wrapped), str(case.checkup_id))
    for table, column in SEALED:
        if "checkup_id" in Base.metadata.tables[table].c:
            value = seal(key.key, b"kept", str(case.checkup_id).encode())
            sql(
                f"UPDATE {table} SET {column} = :v WHERE checkup_id = :id AND {column} IS NULL",
                v=value,
                id=case.checkup_id,
            )


def try_all(safe, case):
    keys, found = safe.list_keys(), {}
    for table, column in SEALED:
        rows = safe.rows_of(case, table, column)
        found[table, column] = (len(rows), sum(safe.opens(value, ids, keys) for value, ids in rows))
    return found


def files_of(settings, case):
    return [path for path, _ in list_files(settings.files_url) if str(case.checkup_id) in path]


def opens_file(safe, case, content):
    return safe.opens(content, [case.checkup_id], safe.list_keys())


def keys_of(sql, case):
    """How many keys of hers lie in each table of keys."""
    queries = {
        name: f"SELECT count(*) FROM {name} WHERE owner_id = :owner"
        if "owner_id" in Base.metadata.tables[name].c
        else f"SELECT count(*) FROM {name} JOIN share ON share.id = {name}.share_id WHERE owner_id = :owner"
        for name in list_key_tables()
    }
    return {name: sql(query, owner=case.owner_id)[0][0] for name, query in queries.items()}


@pytest.mark.parametrize(("table", "column"), [one for one in SEALED if one not in RARE])
def test_before_the_erasure_each_sealed_column_has_a_row_and_opens(walked, table, column):
    rows, opened = walked.before[table, column]
    assert rows > 0
    assert opened == rows


@pytest.mark.parametrize(("table", "column"), SEALED)
def test_afterwards_no_key_that_is_left_opens_what_was_erased(walked, table, column):
    assert walked.after[table, column][1] == 0


def test_the_old_data_did_come_back(walked):
    for one in (("answers", "sealed"), ("edition", "sealed_content"), ("waiver_content", "sealed")):
        assert walked.after[one][0] == walked.before[one][0]


def test_every_table_of_keys_had_one_of_hers_and_has_none(walked):
    assert [name for name, count in walked.key_rows.items() if count == 0] == []
    assert [name for name, count in walked.key_rows_after.items() if count > 0] == []


def test_a_case_that_was_not_erased_opens_as_before(walked):
    assert walked.of_other["answers", "sealed"] == (1, 1)


def test_files_that_a_thief_has_kept_open_no_more(walked):
    assert walked.files != []
    assert all(walked.files_before)
    assert not any(walked.files_after)
