"""Both keys are rotated, all is backed up, a case is erased, the old data comes back with the new keys; then every key
that is left is tried at everything sealed that the case ever had. Tables and columns are read from the models."""

import base64
import datetime as dt
import itertools
import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary

from bureau.complaints.complaints import Said, open_complaint
from bureau.hours.activity_trace import note_beat
from bureau.hours.moves import Lawyer
from bureau.hours.suggestions import refresh_suggestions
from checkup.assisting.assist_rules import CALL, PAPER
from checkup.assisting.paper_entries import Sheet, begin_entry
from checkup.calls.booking import book_call, list_free_hours
from checkup.cases.checkups import get_checkup_row, list_findings, open_checkup
from checkup.cases.key_rotation import list_sealed_columns
from checkup.conflicts.parties import check_again
from checkup.desk.roster import plan_day
from checkup.fixes import law_changes
from checkup.owner.share_tokens import snapshot_key
from checkup.referrals.drafting import Wish
from checkup.signoff.reporting import render_and_store
from demo.city import city_officers
from demo.relief import open_policy
from tenants.audit import Actor
from tenants.base import Base
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import list_files
from tenants.sealed_files import open_file
from tenants.sealing import seal, unseal
from tests.erased import erase_in_full, finish
from tests.factories import lawyer_scope, make_case, make_waiver, owner_scope, worker_scope
from tests.helping import SEAT, agreed_of
from tests.licence_readings import read_licence
from tests.mediating import make_talk
from tests.own_city import own_city
from tests.referring import refer, take_steps
from tests.ticketing import put_in, receive
from tests.writers import PHOTO, ClaimedFix, LawyersMessage, OwnersMessage, Rated, Shared, WishedToBeReminded
from webapp.registry import list_key_tables, register_models
from webapp.tasks.relief import TASKS

register_models()
WRITERS = (OwnersMessage, LawyersMessage, ClaimedFix, Shared, Rated, WishedToBeReminded)
# Under no seal: public halves, published bytes, and a salt that is worth nothing without its link.
OPEN = {("passkey", "credential_id"), ("passkey", "public_key"), ("bureau_edition", "content"), ("share_key", "salt")}
SEALED = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary) and not column.info and (table.name, column.name) not in OPEN
]


def write_about(settings, case):
    """Everything that people write about a case, by the services that they write it with; the links that were sent."""
    links = []
    for kind in WRITERS:
        writing = kind.__new__(kind)
        writing.settings, writing.keys, writing.case = settings, settings.keyring(), case
        writing.of_case = {"checkup_id": case.checkup_id, "keys": writing.keys}
        with writing():
            pass
        links += [writing.token] if kind is Shared else []
    waiver_id = make_waiver(settings, case, "granted")
    render_papers(settings, case, waiver_id)
    book_hours(case)
    change_law(settings, case)
    with unit_of_work(owner_scope(case)) as work:
        said = Said("三天没回话", "13800138000", True)
        check_again(work, get_checkup_row(work, case.checkup_id), settings.keyring())
        open_complaint(work, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())
    given = Wish("files", "想把钱要回来", "王姐", "13800138000", given=(("a.jpg", PHOTO),))
    take_steps(settings, refer(settings, case, wish=given), "accept", "ask")
    talk_it_over(settings, case)
    put_in(settings, case, receive(settings))
    agree_a_call(settings, case)
    read_licence(settings, case)
    type_from_paper(settings, case)
    return links


def talk_it_over(settings, case):
    """A mediation in which both have put down what they would take, and one has given a paper."""
    talk = make_talk(settings, case, "seated", topic="own:lease")
    talk.give("other", "a.jpg", shared=False)
    for side in ("owner", "other"):
        talk.put(side, "三万五")
    talk.meet()
    talk.draft()


def type_from_paper(settings, case):
    """A sheet that was typed once; only a draft has one, so this one was agreed to as a call is."""
    agreed = agreed_of(SEAT, purpose=CALL, channel=PAPER)
    with unit_of_work(owner_scope(case)) as work:
        row = get_checkup_row(work, case.checkup_id)
        sheet = Sheet("K7M2Q9TX", row.pack_version, city_day(now()))
        begin_entry(
            work, row=row, agreed=agreed, sheet=sheet, typed={"gov.place": "shop"}, keys=settings.keyring(), now=now()
        )


def agree_a_call(settings, case):
    """An hour of somebody of the firm who is on call."""
    with unit_of_work(lawyer_scope(case)) as work:
        plan_day(work, firm_id=case.firm_id, day=city_day(now()) + dt.timedelta(days=1), people={1: case.lawyer_id})
    with unit_of_work(owner_scope(case)) as work:
        hour = list_free_hours(get_checkup_row(work, case.checkup_id), now=now())[0]
        by = Actor(case.owner_id, "店主本人")
        book_call(
            work, checkup_id=case.checkup_id, hour=hour, phone="13800138000", by=by, keys=settings.keyring(), now=now()
        )


def render_papers(settings, case, waiver_id):
    render_and_store(
        scope=worker_scope(case), checkup_id=case.checkup_id, kind="signed", keys=settings.keyring(),
        files_url=settings.files_url, public_url="", now=now(),
    )  # fmt: skip
    TASKS["render_certificate"](settings, firm_id=str(case.firm_id), waiver_id=str(waiver_id))


def book_hours(case):
    """A minute of the lawyer's on the case, corrected with a note."""
    lawyer, at = Lawyer(case.firm_id, case.lawyer_id, "周敏"), now()
    with unit_of_work(lawyer_scope(case)) as work:
        note_beat(work, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, now=at)
        refresh_suggestions(work, lawyer=lawyer, today=city_day(at), now=at, checkup_id=case.checkup_id)


def change_law(settings, case):
    """What a finding rests on has changed, and her lawyer says what that means to her."""
    with unit_of_work(owner_scope(case)) as work:
        pack = open_checkup(work, checkup_id=case.checkup_id, keys=settings.keyring()).pack
        found = next(one for one in list_findings(work, checkup_id=case.checkup_id) if one.state == "found")
    basis = pack.risk(found.risk).basis[0]
    cited = {"law": basis.law, "article": basis.articles[0], "changed_on": city_day(now()) + dt.timedelta(days=30)}
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        change_id = law_changes.record_change(work, **cited, note="", now=now()).id
    with unit_of_work(worker_scope(case)) as work:
        law_changes.flag_reports(work, firm_id=case.firm_id, now=now())
    with unit_of_work(lawyer_scope(case)) as work:
        law_changes.answer_flag(
            work, checkup_id=case.checkup_id, change_id=change_id, answer="stands", words="不用改",
            lawyer_id=case.lawyer_id, keys=settings.keyring(), now=now(),
        )  # fmt: skip


class Safe:
    """Whatever a thief has: the database of now, the master keys of now and before, each link that was sent, and a copy
    of the files of before."""

    def __init__(self, sql, masters, links, copy):
        self.sql, self.masters, self.links, self.copy = sql, masters, links, copy

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
        salts = [bytes(salt) for (salt,) in self.sql("SELECT salt FROM share_key")]
        shared = [snapshot_key(link, salt) for link, salt in itertools.product(self.links, salts)]
        return [*self.masters, *firms, *data, *shared]

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

    def opens_file(self, path, ids):
        for key, one in itertools.product(self.list_keys(), ids):
            with suppress(InvalidTag):
                return open_file(self.copy, path, key, about=str(one).encode()).size > 0
        return False


@pytest.fixture(scope="module")
def walked(tmp_path_factory, settings):
    """What opened before the erasure and what opens after the old data came back: {(table, column): (rows, opened)}."""
    with own_city(tmp_path_factory.mktemp("city"), settings) as (made, run, sql):
        told = SimpleNamespace(before={}, after={}, made=made)
        open_policy(made, city_officers())
        case, other = make_case(made, "signed", seed=68), make_case(made, "signed", seed=69)
        links = write_about(made, case)
        old, new = made.keyring().master, os.urandom(32)
        worth = base64.b64encode(new).decode()
        assert run("keys", "rotate-firm", "hubin").exit_code == 0
        assert run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=worth).exit_code == 0
        made, told.case, told.other = replace(made, master_key=new), case, other
        plant(sql, made, case)
        copy = tmp_path_factory.mktemp("stolen") / "files"
        shutil.copytree(made.files_url.removeprefix("file://"), copy)
        safe, env = Safe(sql, [old, new], links, copy.as_uri()), {"FAMAI_MASTER_KEY": worth}
        told.safe, told.before = safe, try_all(safe, case)
        told.files = files_of(sql, copy, case)
        told.files_before = [safe.opens_file(*one) for one in told.files]
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
        told.files_after = [safe.opens_file(*one) for one in told.files]
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


def files_of(sql, folder, case):
    """(path, ids that its seal may be bound to) of every file in the store that is of her case or her applications."""
    ids = [
        case.checkup_id,
        *(
            row_id
            for table in ("waiver", "referral", "mediation")
            for (row_id,) in sql(f"SELECT id FROM {table} WHERE owner_id = :id", id=case.owner_id)
        ),
    ]
    return [(path, ids) for path, _ in list_files(folder.as_uri()) if any(str(one) in path for one in ids)]


def keys_of(sql, case):
    """How many keys of hers lie in each table of keys."""
    queries = {
        name: f"SELECT count(*) FROM {name} WHERE owner_id = :owner"
        if "owner_id" in Base.metadata.tables[name].c
        else f"SELECT count(*) FROM {name} JOIN share ON share.id = {name}.share_id WHERE owner_id = :owner"
        for name in list_key_tables()
    }
    return {name: sql(query, owner=case.owner_id)[0][0] for name, query in queries.items()}


@pytest.mark.parametrize(("table", "column"), SEALED)
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
    kinds = {path.split("/")[0] for path, _ in walked.files}
    assert {"cases", "waivers", str(walked.case.firm_id)} <= kinds
    assert all(walked.files_before)
    assert not any(walked.files_after)
