"""What stands behind `famai` on the command line: read by `tenants.typed`, as in forms. A fault is one line, exit 2."""

import ipaddress
import os
import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from bureau.reports.edition_rules import is_period
from tenants.errors import Unreadable
from tenants.typed import addresses, dates, emails, identifiers, numbers, phones, text

_NAME = 200  # as in the columns that hold names
_LEAST_SECRET, _LEAST_KINDS = 32, 12
_SECRET = re.compile("[!-~]+")
_DATABASE = re.compile("[a-z_][a-z0-9_]{0,62}", re.ASCII)
_SERVER = re.compile(r"[A-Za-z0-9._-]+:(?P<port>\d{1,5})", re.ASCII)
_LAST_PORT = 65_535
_WORDS = {
    "required": "nothing is given",
    "not_between": "must be a whole number from {least} to {most}",
    "negative": "must not be below zero",
    "not_a_whole_number": "not a whole number",
    "not_a_date": "not a date such as 2026-11-24",
    "not_an_email": "not an e-mail address",
    "not_an_address": "the address must begin with https://",
    "not_a_mobile": "not a mainland mobile number of eleven digits",
    "foreign_mobile": "texts go to mainland mobiles only",
    "not_a_uuid": "not an id",
    "not_a_period": "not a quarter such as 2026-Q4 nor a year",
    "not_one_of": "must be one of: {these}",
    "not_a_database": "not the name of a database: small letters, digits and _, at most 63",
    "not_a_server": "not host:port",
    "not_a_network": "not an address and not a network",
    "too_long": "longer than {most} characters",
    "unseen": "holds characters that cannot be seen",
    "id_card": "holds the number of an identity card",
    "weak": "must be a random text of at least {least} characters, without spaces",
}


def in_words(refused: Unreadable) -> str:
    """Why it was refused, for whoever runs an installation."""
    return _WORDS[refused.code].format(**refused.params)


class Typed(click.ParamType[Any]):
    """One value, read by a function that raises Unreadable."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name, self._read = name, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A value that code gave as a default is taken as it is."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except Unreadable as refused:
            self.fail(in_words(refused), param, ctx)


def line(most: int = _NAME) -> Typed:
    """Words on one line, as people read them."""

    def read(raw: str) -> str:
        found = text.one_line(raw)
        if identifiers.holds_id_card(found):
            raise Unreadable("id_card")
        return _some(found, most)

    return Typed("text", read)


def _some(found: str, most: int = _NAME) -> str:
    if not found:
        raise Unreadable("required")
    if len(found) > most:
        raise Unreadable("too_long", most=most)
    return found


def whole(least: int, most: int) -> Typed:
    """A whole number within its room."""
    return Typed("number", lambda raw: numbers.whole(raw, least=least, most=most))


def one_of(these: Iterable[str]) -> Typed:
    """One of a few words."""
    known = tuple(these)

    def read(raw: str) -> str:
        found = text.for_machines(raw)
        if found not in known:
            raise Unreadable("not_one_of", these=", ".join(known))
        return found

    return Typed("|".join(known) if len(known) <= 5 else "name", read)


def address(*, may_be_plain: bool = False) -> Typed:
    """Where a machine is reached."""
    return Typed("url", lambda raw: addresses.web_address(raw, may_be_plain=may_be_plain))


def read_id(raw: str) -> uuid.UUID:
    """Raises: Unreadable `not_a_uuid`."""
    try:
        return uuid.UUID(text.for_machines(raw))
    except ValueError:
        raise Unreadable("not_a_uuid") from None


def _period(raw: str) -> str:
    found = text.for_machines(raw).upper()
    if not is_period(found):
        raise Unreadable("not_a_period")
    return found


def _raw(raw: str) -> str:
    """As it was typed, where a single sign matters: names of files, what a server is told."""
    if not raw.strip():
        raise Unreadable("required")
    if text.has_unseen(raw):
        raise Unreadable("unseen")
    return raw


def _pack(raw: str) -> str:
    """The id of a pack is folded; the name of a folder stays as it was typed."""
    try:
        return raw if Path(_raw(raw)).exists() else _some(text.for_machines(raw))
    except OSError:  # a name that no folder can have
        raise Unreadable("too_long", most=_NAME) from None


def _secret(raw: str) -> str:
    if not _SECRET.fullmatch(raw) or len(raw) < _LEAST_SECRET or len(set(raw)) < _LEAST_KINDS:
        raise Unreadable("weak", least=_LEAST_SECRET)
    return raw


def _database(raw: str) -> str:
    found = text.for_machines(raw)
    if not _DATABASE.fullmatch(found):
        raise Unreadable("not_a_database")
    return found


def _server(raw: str) -> str:
    found = text.for_machines(raw)
    parts = _SERVER.fullmatch(found)
    if parts is None or not 0 < int(parts["port"]) <= _LAST_PORT:
        raise Unreadable("not_a_server")
    return found


def _networks(raw: str) -> str:
    found = text.for_machines(raw).replace(" ", "")
    try:
        for one in found.split(","):
            ipaddress.ip_network(one, strict=False)
    except ValueError:
        raise Unreadable("not_a_network") from None
    return found


def _host(raw: str) -> str:
    found = text.for_machines(raw)
    if " " in found or not found.isascii():
        raise Unreadable("not_a_server")
    return _some(found)


LINE = line()
PACK = Typed("pack", _pack)
WORD = Typed("name", lambda raw: _some(text.for_machines(raw)))
DAY = Typed("date", dates.day)
EMAIL = Typed("email", emails.email)
MOBILE = Typed("phone", phones.mobile)
ID = Typed("id", read_id)
PERIOD = Typed("period", _period)
RAW = Typed("text", _raw)
SECRET = Typed("secret", _secret)
DATABASE = Typed("name", _database)
SERVER = Typed("host:port", _server)
NETWORKS = Typed("networks", _networks)
HOST = Typed("host", _host)
PORT = whole(1, _LAST_PORT)
SEED = whole(0, 2**63 - 1)


class Place(click.Path):
    """A file or folder; its name stays as it was typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str):
            value = Typed("path", _raw).convert(value, param, ctx)
        found = Path(os.fsdecode(super().convert(value, param, ctx)))
        try:
            is_device = found.is_char_device() or found.is_block_device()
        except OSError:
            self.fail("nothing can have this name", param, ctx)
        if is_device:
            self.fail("a device, and no file", param, ctx)  # nobody says how long it goes on
        return found


FILE = Place(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = Place(dir_okay=False, path_type=Path)
FOLDER = Place(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = Place(file_okay=False, path_type=Path)
