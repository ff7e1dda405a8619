"""(a) The answer step of 16 owners at once, against a bare app on the same database and server."""

import datetime as dt
import random
import sys
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from bench import bare_app
from bench.city import WEB_WORKERS, open_city, running, runs, serving
from bench.load import OWNERS, SECONDS, Load, Walker, measure_steps
from bench.results import Result
from checkup.cases import checkups
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from tenants import people
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.firms import directory
from webapp.app import create_app
from webapp.edge.people_here import OwnerHere, come_in_as_owner
from webapp.settings import Settings

NAME = "answer_step"
_PORT, _BARE_PORT = 8048, 8049
_TODAY = dt.date(2026, 11, 24)
_WALKS = 40


def measure(*, quick: bool) -> Iterator[Result]:
    """Throughput at least 0.65 × and p99 at most 1.5 × the bare app's."""
    settings, seconds = open_city(), 1.0 if quick else SECONDS
    app = create_app(settings)
    for turn in runs(quick=quick):
        bare = _measure_bare(settings, seconds)
        walkers = [make_walker(app, settings, random.Random(turn * OWNERS + seed)) for seed in range(OWNERS)]
        with serving(settings, port=_PORT, worker=False):
            ours = measure_steps(_PORT, walkers, seconds)
        yield Result(NAME, ours.steps_per_second, "steps/s", 0.65, bare.steps_per_second, at_least=True)
        yield Result(f"{NAME}_p99", ours.p99_ms, "ms", 1.5, bare.p99_ms)


def _measure_bare(settings: Settings, seconds: float) -> Load:
    bare_app.prepare(settings.admin_database_url)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "bench.bare_app:create_app"]
    command += ["--port", str(_BARE_PORT), "--workers", str(WEB_WORKERS), "--blocking-threads", "4"]
    environment = {"BARE_DATABASE_URL": settings.database_url}
    walker = Walker("none=1", ("/question/0",), {str(number): b"answer=a" for number in range(40)})
    with running(command, environment, port=_BARE_PORT, path="/question/0"):
        return measure_steps(_BARE_PORT, [walker] * OWNERS, seconds)


def make_walker(app: Flask, settings: Settings, rng: random.Random) -> Walker:
    """An owner with fresh deep checkups enough for the run, and the cookie her browser would send."""
    firm_id, person_id, checkup_ids = _start_checkups(settings, rng)
    with app.test_request_context():
        come_in_as_owner(OwnerHere(person_id, firm_id, checkup_ids[0]))
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own, of cookies
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    questions = get_pack(PACK).questions
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
    starts = tuple(f"/checkup/{checkup_id}/question/{questions[0].id}" for checkup_id in checkup_ids)
    return Walker(cookie, starts, bodies)


def _start_checkups(settings: Settings, rng: random.Random) -> tuple[uuid.UUID, uuid.UUID, list[uuid.UUID]]:
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
            for _ in range(_WALKS)
        ]
        for row in rows:
            checkups.set_mode(work, checkup_id=row.id, mode="deep")
        return firm_id, guest.id, [row.id for row in rows]
