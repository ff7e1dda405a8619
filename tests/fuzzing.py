"""Requests as nobody means them: every address with things that are there and things that cannot be, every field of its
forms with what people, their clipboards and attackers send. Whatever comes back, it is no fault of ours."""

import contextlib
import importlib
import io
import itertools
import json
import pkgutil
import random
import re
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from demo.city import PASSWORD
from tenants.database import Audience
from tenants.errors import Conflict
from tests.factories import Case, make_case
from tests.parties import Party
from tests.visits import be_owner
from tests.walking import FILLED, LOGGED_IN, MISSING, PARTNER
from webapp import forms
from webapp.forms.base import Form
from webapp.operating.modes import WAIT
from webapp.settings import Settings

ODD = (
    "", " ", "\x00", "a\x00b", "０", "-1", "9" * 400, "1e999", "NaN", "Infinity", "\u202e", "\ud800", "💰", "<b>",
    "{{7*7}}", "'; --", "%", "%00", "../../etc/passwd", "2026-02-30", "0001-01-01", "9999-12-31", "[" * 500, "，", "on",
    "1.5万", "https://x", "00000000-0000-0000-0000-000000000000", "null", "true", "\r\nSet-Cookie: a=b", "字" * 3_000,
    "²³¹", "١٢٣", "2147483648", "-0", "0x10", "a" * 70_000,
)  # fmt: skip
MEANT: Mapping[str, Sequence[str]] = {
    "WholeNumber": ("0", "1", "3", "99"), "Number": ("0", "12.5", "80万"), "Amount": ("0", "0.01", "1200"),
    "Day": ("2026-11-24", "2026/12/1", "2027-02-01"), "Mobile": ("13800138000",), "Phone": ("021-62345678", "12348"),
    "Email": ("li@x.example",), "Code": ("ABCD2345", "123456"), "Tick": ("yes",), "Secret": (PASSWORD, "x" * 20),
    "Text": ("王姐面馆", "面馆", "张伟，李娜"), "Prose": ("房东催我搬。\n怎么办？", "{}", "days: 3"),
}  # fmt: skip
FILES = (b"", b"GIF89a", b"%PDF-1.4 x", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "名称,身份\n甲,对方\n".encode())
ASKED = ("q", "district", "language", "year", "period", "risk", "edition", "next", "again", "via", "number", "after",
         "as", "v", "also", "service", "given", "show", "page", "then", "at", "back")  # fmt: skip
STAFF = (*LOGGED_IN.items(), (Audience.FIRM, PARTNER), (Audience.BUREAU, "officer@city.example"))
_HOLE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_LINK = re.compile(r"""(?:href|action)="(/[^"#]*)\"""")
_STATES = ("answering", "submitted", "in_review", "signed")
_PAGES = 60  # of each visitor, looked at for what is hers
_ODDLY, _FITTING = 0.4, 0.8  # shares of what is odd, and of what is sent by whom and with what it is meant for
_READS, _FRESH = 4, 250  # one in so many only reads; after so many everybody comes in anew


@dataclass
class Fuzzed:
    """How often each status was answered, and every answer that was a fault of ours."""

    answers: Counter[int] = field(default_factory=Counter)
    posts: int = 0
    faults: list[str] = field(default_factory=list)


def fuzz(app: Flask, settings: Settings, *, many: int, seed: int) -> Fuzzed:
    """So many requests over all addresses in turn, one in four of them reading."""
    return _count(_Fuzzer(app, settings, seed).send(many))


def read_everything(app: Flask, settings: Settings, *, odd: Sequence[str] = ODD, most: int | None = None) -> Fuzzed:
    """Every address that is read, with each of these values in some of what can be asked of it; the first `most`."""
    return _count(itertools.islice(_Fuzzer(app, settings, seed=1).read(odd), most))


def _count(sent: Iterator[tuple["_Request", TestResponse]]) -> Fuzzed:
    found = Fuzzed()
    for request, answer in sent:
        found.answers[answer.status_code] += 1
        found.posts += request.method != "GET"
        rests = answer.headers.get("Retry-After") == str(WAIT)  # an operator's incident says so
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and not rests:
            found.faults.append(f"{answer.status_code} {request}")
    return found


@dataclass(frozen=True)
class _Visitor:
    """A browser, or a party's machine with its headers; `name` tells whose, and stays when she comes in anew."""

    audience: Audience
    name: str
    client: FlaskClient
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Request:
    method: str
    path: str
    sent: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {str(dict(self.sent))[:800]}"


class _Fuzzer:
    def __init__(self, app: Flask, settings: Settings, seed: int) -> None:
        self.app, self.settings, self.rng = app, settings, random.Random(seed)
        self.ids, self.forms, self.visitors = _ids(settings), _forms(), list[_Visitor]()
        self.cases = list[Case]()
        self.links: dict[tuple[str, str], list[str]] = defaultdict(list)
        pairs = sorted(
            (rule.rule, method, rule)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if not rule.rule.startswith(("/dev/", "/static/"))
        )
        self.read_rules = [rule for _, method, rule in pairs if method == "GET"]
        self.reading = itertools.cycle([(rule, "GET") for rule in self.read_rules])
        self.writing = itertools.cycle([(rule, method) for _, method, rule in pairs if method != "GET"])

    def send(self, many: int) -> Iterator[tuple[_Request, TestResponse]]:
        """Each request, and its answer."""
        for at in range(many):
            if at % _FRESH == 0:
                self._begin(at)
            rule, method = next(self.reading if at % _READS == 0 else self.writing)
            yield self._send(rule, method)

    def read(self, odd: Sequence[str]) -> Iterator[tuple[_Request, TestResponse]]:
        """Each request, and its answer."""
        self._begin(0)
        for rule in self.read_rules:
            for value in odd:
                asked = self.rng.sample(self._asked(rule), 3)
                yield self._send(rule, "GET", dict.fromkeys(asked, value.encode("utf-8", "replace").decode()))

    def _begin(self, at: int) -> None:
        self._end_incidents()
        self.visitors = list(self._come_in(at))
        for visitor in self.visitors:
            if at == 0 or visitor.audience is Audience.OWNER:
                self._look_around(visitor)

    def _asked(self, rule: Rule) -> list[str]:
        """What can be asked at an address: by a name of any, or by a field of a form of its view."""
        return [*ASKED, *(name for form in self._own(rule) for name, _ in _fields(form))]

    def _end_incidents(self) -> None:
        """What an operator opened would rest the city, or lie above every page, until the end."""
        with psycopg.connect(self.settings.admin_database_url) as line:
            line.execute("UPDATE incident SET ended_at = app_now() WHERE ended_at IS NULL")
        self.app.extensions["famai.incident"].at = float("-inf")

    def _come_in(self, at: int) -> Iterator[_Visitor]:
        """Nobody, owners, staff and a party's machine; whoever an earlier request locked out stays outside."""
        yield _Visitor(Audience.PUBLIC, "nobody", self.app.test_client())
        with contextlib.suppress(Conflict):  # of a firm that an earlier request left without a partner
            self.cases = [make_case(self.settings, state, seed=at) for state in _STATES]
        for case in self.cases:
            yield _Visitor(Audience.OWNER, str(case.checkup_id), be_owner(self.app, case))
        for audience, email in STAFF:
            client = self.app.test_client()
            client.post("/auth/login", data={"email": email, "password": PASSWORD})
            yield _Visitor(audience, email, client)
        party = Party(self.app, self.settings, f"a party at {at}")
        yield _Visitor(Audience.CLIENT, "party", party.client, party.headers())

    def _look_around(self, visitor: _Visitor) -> None:
        """The addresses on some of her pages: what is hers to open, to send and to change."""
        is_owner = visitor.audience is Audience.OWNER
        ahead, seen = deque([f"/checkup/{visitor.name}/mine" if is_owner else "/auth/home", "/"]), set[str]()
        while ahead and len(seen) < (_PAGES // 4 if is_owner else _PAGES):
            path = ahead.popleft()
            if path in seen or path in ("/auth/logout",):
                continue
            seen.add(path)
            answer = visitor.client.get(path, follow_redirects=True)
            found = _LINK.findall(answer.text) if answer.mimetype == "text/html" else []
            for link in dict.fromkeys(link.split("?")[0] for link in found):
                for method in ("GET", "POST"):
                    with contextlib.suppress(HTTPException):
                        endpoint, _ = self.app.url_map.bind("").match(link, method)
                        self.links[visitor.name, f"{method} {endpoint}"].append(link)
                ahead.append(link)

    def _send(self, rule: Rule, method: str, asked: Mapping[str, str] | None = None) -> tuple[_Request, TestResponse]:
        rng, declared = self.rng, getattr(self.app.view_functions[rule.endpoint], "audience", None)
        fitting = [one for one in self.visitors if declared in (one.audience, Audience.PUBLIC)]
        visitor = rng.choice(fitting if fitting and rng.random() < _FITTING else self.visitors)
        hers = self.links[visitor.name, f"{method} {rule.endpoint}"]
        path = rng.choice(hers) if hers and rng.random() < _FITTING else self._made(rule, visitor)
        names = self._asked(rule)
        sent: dict[str, Any] = {
            "query_string": asked or {rng.choice(names): self._odd() for _ in range(rng.randrange(3))}
        }
        language = rng.choice(("zh-CN", "en", re.sub(r"[^\x20-\x7e]", "", self._odd())[:2_000]))
        sent["headers"] = {"Accept-Language": language, **visitor.headers}
        if method != "GET" and rule.rule.startswith("/api/") and rng.random() < _FITTING:
            told = json.dumps(dict(self._told(rule)), default=str).encode()
            bodies = (told, b"", b"{}", b"[" * 5_000, b"\xff\xfe", b"\x00")
            sent |= {"data": rng.choice(bodies), "content_type": "application/json"}
        elif method != "GET":
            sent["data"] = MultiDict(self._told(rule))
        request = _Request(method, path, {name: sent[name] for name in sent.keys() & {"query_string", "data"}})
        return request, visitor.client.open(path, method=method, **sent)

    def _made(self, rule: Rule, visitor: _Visitor) -> str:
        return _HOLE.sub(lambda hole: self._hole(hole["kind"], hole["name"], visitor), rule.rule)

    def _hole(self, kind: str | None, name: str, visitor: _Visitor) -> str:
        """In most requests a thing that is there, else one that cannot be."""
        rng = self.rng
        if rng.random() < _ODDLY / 4:
            return rng.choice(("%00", "x", "9" * 30, "-1", "..", "%FF%FE", "字", str(MISSING)))
        if kind == "int":
            return str(rng.choice((0, 1, 2, 2**31 - 1, 2**31, 10**12)))
        if name == "checkup_id":
            hers = visitor.audience is Audience.OWNER
            return visitor.name if hers else str(rng.choice(self.cases).checkup_id)
        about = name.removesuffix("_id")
        known = [one for table, ids in self.ids.items() if about in table for one in ids]
        return rng.choice(known) if kind == "uuid" and known else FILLED.get(name, "x")

    def _told(self, rule: Rule) -> list[tuple[str, object]]:
        """The fields of a form of its view, or of any form, and some that belong to none."""
        own = self._own(rule)
        form = self.rng.choice(own if own and self.rng.random() < _FITTING else self.forms)
        told = [(name, self._value(one)) for name, one in _fields(form) if self.rng.random() < _FITTING]
        return [*told, *((self.rng.choice(ASKED), self._odd()) for _ in range(self.rng.randrange(3)))]

    def _own(self, rule: Rule) -> list[type[Form]]:
        """The forms of the module of its view."""
        module = sys.modules[self.app.view_functions[rule.endpoint].__module__]
        return [one for one in self.forms if one in vars(module).values()]

    def _value(self, unbound: Any) -> object:
        kind = unbound.field_class.__name__
        if self.rng.random() < _ODDLY:
            return self._odd()
        if kind in ("Files", "Table"):
            return io.BytesIO(self.rng.choice(FILES)), "照片.jpg"
        options = [value for value, *_ in unbound.kwargs.get("options", ()) if isinstance(value, str)]
        some = [one for ids in self.ids.values() for one in ids[:3]]
        return self.rng.choice(options or MEANT.get(kind) or ("take", "note", "ask", "yes", "1", *some))

    def _odd(self) -> str:
        return self.rng.choice(ODD).encode("utf-8", "replace").decode()


def _fields(form: type[Form]) -> list[tuple[str, Any]]:
    return [(name, getattr(form, name)) for name in dir(form) if hasattr(getattr(form, name), "field_class")]


def _forms() -> list[type[Form]]:
    """Every form there is."""
    for module in pkgutil.iter_modules(forms.__path__, f"{forms.__name__}."):
        importlib.import_module(module.name)
    found, open_ = list[type[Form]](), [Form]
    while open_:
        below = open_.pop().__subclasses__()
        open_ += below
        found += below
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def _ids(settings: Settings) -> dict[str, list[str]]:
    """Table → ids of some of its rows, as the owner of the database sees them."""
    query = (
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid' ORDER BY 1"
    )
    with psycopg.connect(settings.admin_database_url) as line:
        tables = [name for (name,) in line.execute(query)]
        some = sql.SQL("SELECT id::text FROM {} ORDER BY id LIMIT 20")
        return {name: [one for (one,) in line.execute(some.format(sql.Identifier(name)))] for name in tables}
