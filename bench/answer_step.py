"""(a) The answer step of 16 owners at once, against two bare apps on the same database and server.

The fair one does what the step must do, by hand; the thin one inserts a row and shows a page. A step's CPU is counted:
it says something on a busy machine as well.
"""

import datetime as dt
import random
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from bench import bare_app, fair_app
from bench.city import WEB_WORKERS, open_city, running, runs, serving
from bench.cpu import database_pid, settle, tree_seconds
from bench.load import OWNERS, SECONDS, Load, Start, Walker, measure_steps
from bench.results import NO_TARGET, Result
from checkup.cases import checkups
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from tenants import people
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.firms import directory
from webapp.app import create_app
from webapp.edge.people_here import OwnerHere, come_in_as_owner, go_to_checkup
from webapp.settings import Settings

NAME = "answer_step"
_PORT, _BARE_PORT = 8048, 8049
_TODAY = dt.date(2026, 11, 24)
_WALKS, _WARM = 40, 2.0
_FEW_OWNERS, _FEW_WALKS = 2, 6  # enough for a second


def measure(*, quick: bool) -> Iterator[Result]:
    """Throughput at least 0.65 × and p99 at most 1.5 × the fair app's; CPU at most 4 ms a step in ours."""
    settings, seconds = open_city(), 0.5 if quick else SECONDS
    app, page_bytes = create_app(settings), 0
    for turn in runs(quick=quick):
        walkers = make_walkers(app, settings, OWNERS, seed=turn * OWNERS, quick=quick)
        with serving(settings, port=_PORT, worker=False) as pid:
            ours = _costed(settings, pid, _PORT, walkers, seconds)
        page_bytes = ours.load.page_bytes
        thin, fair = _measure_thin(settings, seconds), _measure_fair(settings, seconds, page_bytes)
        rate, p99 = ours.load.steps_per_second, ours.load.p99_ms
        yield Result(NAME, rate, "steps/s", 0.65, fair.load.steps_per_second, at_least=True)
        yield Result(f"{NAME}_p99", p99, "ms", 1.5, fair.load.p99_ms)
        yield Result(f"{NAME}_to_thin", rate, "steps/s", 0.0, thin.load.steps_per_second, at_least=True)
        yield Result(f"{NAME}_cpu", ours.app_ms, "ms", 4.0)
        yield Result(f"{NAME}_cpu_fair", fair.app_ms, "ms", NO_TARGET)
        yield Result(f"{NAME}_cpu_db", ours.database_ms, "ms", NO_TARGET)
        yield Result(f"{NAME}_cpu_db_fair", fair.database_ms, "ms", NO_TARGET)


@dataclass(frozen=True)
class _Costed:
    load: Load
    app_ms: float
    database_ms: float


def _costed(settings: Settings, pid: int, port: int, walkers: list[Walker], seconds: float) -> _Costed:
    """The load with what a step of it costs in CPU."""
    measure_steps(port, walkers, min(_WARM, seconds))  # until every web worker is there
    settle(pid)
    processes = (pid, database_pid(settings.admin_database_url))
    before = [tree_seconds(one) for one in processes]
    load = measure_steps(port, walkers, seconds)
    app, database = (1000 * (tree_seconds(one) - was) for one, was in zip(processes, before, strict=True))
    return _Costed(load, app / load.steps, database / load.steps)


def _measure_thin(settings: Settings, seconds: float) -> _Costed:
    bare_app.prepare(settings.admin_database_url)
    walker = Walker((Start("/question/0", "none=1"),), {str(number): b"answer=a" for number in range(40)})
    with running(_granian("bare_app"), _bare(settings), port=_BARE_PORT, path="/question/0") as pid:
        return _costed(settings, pid, _BARE_PORT, [walker] * OWNERS, seconds)


def _measure_fair(settings: Settings, seconds: float, page_bytes: int) -> _Costed:
    fair_app.prepare(settings.admin_database_url, OWNERS)
    walkers = []
    for number in range(OWNERS):
        cookie, token = fair_app.come_in(fair_app.create_app(), number)
        body = urlencode({"csrf_token": token, "answer": "a"}).encode()
        walkers.append(Walker((Start("/question/0", cookie),), {str(one): body for one in range(fair_app.QUESTIONS)}))
    environment = _bare(settings) | {"BARE_PAGE_BYTES": str(page_bytes)}
    with running(_granian("fair_app"), environment, port=_BARE_PORT, path="/static/none", ready=404) as pid:
        return _costed(settings, pid, _BARE_PORT, walkers, seconds)


def _granian(module: str) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", f"bench.{module}:create_app"]
    return [*command, "--port", str(_BARE_PORT), "--workers", str(WEB_WORKERS), "--blocking-threads", "4"]


def _bare(settings: Settings) -> dict[str, str]:
    return {"BARE_DATABASE_URL": settings.database_url}


def make_walkers(app: Flask, settings: Settings, many: int, *, seed: int, quick: bool) -> list[Walker]:
    """So many owners, each like no other; a few when quick."""
    owners, walks = (min(many, _FEW_OWNERS), _FEW_WALKS) if quick else (many, _WALKS)
    return [make_walker(app, settings, random.Random(seed + place), walks=walks) for place in range(owners)]


def make_walker(app: Flask, settings: Settings, rng: random.Random, *, walks: int = _WALKS) -> Walker:
    """An owner with fresh deep checkups enough for the run, and the cookie her browser would send on each."""
    firm_id, person_id, checkup_ids = _start_checkups(settings, rng, walks)
    with app.test_request_context():
        come_in_as_owner(OwnerHere(person_id, firm_id, checkup_ids[0]))
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own, of cookies
        questions, starts = get_pack(PACK).questions, []
        for checkup_id in checkup_ids:  # she is on the one that she answers
            go_to_checkup(firm_id, checkup_id)
            cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
            starts.append(Start(f"/checkup/{checkup_id}/question/{questions[0].id}", cookie))
    character = simulation.Character(care=0.5, unsure=0.1)
    bodies = {
        question.id: urlencode(
            {
                "csrf_token": token,
                "answer": simulation.answer(get_pack(PACK), question, character, rng, _TODAY),
            },
            doseq=True,
        ).encode()
        for question in questions
    }
    return Walker(tuple(starts), bodies)


def _start_checkups(settings: Settings, rng: random.Random, walks: int) -> tuple[uuid.UUID, uuid.UUID, list[uuid.UUID]]:
    now = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        firm_id = directory.list_firms(work)[0].id
    with unit_of_work(Scope(Audience.PUBLIC, firm_id=firm_id)) as work:
        guest = people.start_guest(work, now)
        work.flush()
        enter_scope(work, Scope(Audience.OWNER, firm_id, guest.id))
        rows = [
            checkups.start_checkup(
                work,
                firm_id=firm_id,
                owner_id=guest.id,
                details=simulation.make_details(rng),
                consents={},
                pack_id=PACK,
                locale="zh-Hans",
                keys=settings.keyring(),
                now=now,
            )
            for _ in range(walks)
        ]
        for row in rows:
            checkups.set_mode(work, checkup_id=row.id, mode="deep")
        return firm_id, guest.id, [row.id for row in rows]
