"""What stands behind `famai` is read as in forms: understood, or refused in one line with exit 2; no traceback."""

import json
import os
import unicodedata

import click
import pytest
from click.testing import CliRunner

from tests.command_line import HOSTILE, iter_commands, typed_params
from webapp.cli import main
from webapp.commands import typed

COMMANDS = {" ".join(words): command for words, command in iter_commands()}
# Run for hours, or on a server of their own, or over what other tests of this file need: only parsed here.
NOT_RUN = {"serve", "worker", "demo", "simulate", "backup", "restore", "setup", "setup new", "keys rotate-master",
           "pack express", "money reconcile"}  # fmt: skip
GOOD = {
    typed.EMAIL: "wang@city.example",
    typed.MOBILE: "13800138000",
    typed.DAY: "2027-01-01",
    typed.PERIOD: "2026-Q4",
    typed.ID: "01890000-0000-7000-8000-000000000000",
    typed.PACK: "cn-shanghai-msme",
    typed.SECRET: "aB3$aB3$aB3$0123456789qwertyuiop",
    typed.DATABASE: "famai",
    typed.SERVER: "pooler:6432",
    typed.NETWORKS: "10.0.0.0/8",
    typed.HOST: "127.0.0.1",
}


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Files and folders to name, in a folder of this test's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.json").write_text("{}", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return {typed.FILE: "file.json", typed.FOLDER: "folder", typed.NEW_FILE: "new.xlsx", typed.NEW_FOLDER: "out"}


def good(param, places):
    kind = param.type
    if kind in places or kind in GOOD:
        return places.get(kind) or GOOD[kind]
    return {"number": "10", "url": "https://x.example/in"}.get(kind.name, kind.name.partition("|")[0])


def given(command, hostile, value, places):
    """The line with this value in one place, and what belongs there in the others that must be."""
    options, arguments = ["--yes"] if "yes" in {one.name for one in command.params} else [], []
    for param in typed_params(command):
        if param is hostile or param.required:
            shown = value if param is hostile else good(param, places)
            if isinstance(param, click.Option):
                options.append(f"{param.opts[0]}={shown}")
            else:
                arguments.append(shown)
    return [*options, "--", *arguments]


def parsed(name, line, param):
    """(what was read, nothing), or (None, why it was refused)."""
    try:
        return COMMANDS[name].make_context(name, line).params[param.name], ""
    except click.UsageError as fault:
        return None, fault.format_message()


def is_as_typed(param):
    """Names of files and folders stay as they are."""
    return isinstance(param.type, typed.Place) or param.type in (typed.RAW, typed.PACK)


def every_place():
    return [(name, param) for name, command in COMMANDS.items() for param in typed_params(command)]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_value_of_a_command_is_read_at_the_edge(name):
    foreign = [one.name for one in typed_params(COMMANDS[name]) if not isinstance(one.type, typed.Typed | typed.Place)]
    assert foreign == []


@pytest.mark.parametrize(("name", "param"), every_place(), ids=lambda one: getattr(one, "name", one))
def test_a_hostile_value_is_understood_or_refused_in_one_line(places, name, param):
    for value in HOSTILE:
        read, refused = parsed(name, given(COMMANDS[name], param, value, places), param)
        assert len(refused.splitlines()) == (read is None), (value, refused)
        assert not any(unicodedata.category(one) in {"Cc", "Cs", "Cf"} for one in str(read)), value
        assert is_as_typed(param) or not any("０" <= one <= "９" for one in str(read)), value


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - NOT_RUN))
def test_a_command_ends_in_words_whatever_stands_behind_it(settings, places, name):
    env = os.environ | settings.same_city()
    for param in typed_params(COMMANDS[name]):
        lines = [given(COMMANDS[name], param, value, places) for value in HOSTILE]
        for line in (one for one in lines if parsed(name, one, param)[0] is not None):
            done = CliRunner(env=env).invoke(main, [*name.split(), *line])
            assert done.exception is None or isinstance(done.exception, SystemExit), (line, done.exc_info)
            assert done.exit_code in (0, 1, 2), (line, done.output)
            assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("line", "content"),
    [
        (["bureau", "report", "--edition=file.json", "--out=out"], b"{}"),
        (["bureau", "report", "--edition=file.json", "--out=out"], b"\xff\xfe\x00"),
        (["bureau", "report", "--edition=file.json", "--out=out"], b"[" * 100_000),
        (["money", "check", "file.json"], b"\xff\xfe\x00"),
        (["money", "check", "file.json"], b"[" * 5_000),
        (["money", "check", "file.json"], b""),
        (["money", "check", "file.json"], b"providers: 3\nfree: [1]\nservices: {a: b}"),
        (["translations", "--check", "file.json"], b"\xff\xfe\x00"),
        (["translations", "--check", "file.json"], b'msgid "a\nmsgstr'),
        (["pack", "comments", "cn-shanghai-msme", "file.json"], b"PK\x03\x04"),
        (["score", "cn-shanghai-msme", "file.json"], b"[" * 100_000),
        (["score", "cn-shanghai-msme", "file.json"], json.dumps({"answers": {"x": 10**15}}).encode()),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(places, line, content):
    with open("file.json", "wb") as file:
        file.write(content)
    done = CliRunner().invoke(main, line)
    assert isinstance(done.exception, SystemExit), done.exc_info
    assert done.exit_code in (1, 2)


@pytest.mark.parametrize(
    "env",
    [
        {"FAMAI_MODE": "half"},
        {"FAMAI_NOW": "tomorrow"},
        {"FAMAI_TRUSTED_PROXIES": "everybody"},
        {"FAMAI_SMS_DAY_LIMIT": "²"},
        {"FAMAI_PRIVILEGED_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    ],
    ids=lambda env: next(iter(env)),
)
def test_a_setting_that_means_nothing_is_told_in_a_line(settings, env):
    done = CliRunner(env=os.environ | settings.same_city() | env).invoke(main, ["cloud", "deliveries"])
    assert isinstance(done.exception, SystemExit), done.exc_info
    assert len(done.output.splitlines()) == 1


def test_a_new_master_key_with_a_line_break_at_its_end_is_no_key():
    done = CliRunner().invoke(main, ["keys", "rotate-master", "--new", GOOD[typed.SECRET] + "\n"])
    assert done.exit_code == 2
