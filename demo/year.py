"""A year of a synthetic city, for load and scale: sixteen districts, their firms and lawyers, and any number of
checkups, answered, scored, most of them signed. Deterministic by seed.

Rows are written in bulk as the owner of the tables, as a restored backup would be: never in production.
"""

import datetime as dt
import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert

from bureau.complaints.models import Complaint
from bureau.complaints.states import answer_by
from bureau.hours.models import HourEntry
from bureau.hours.time_spans import Span
from checkup.cases.answer_record import AnswerRecord
from checkup.cases.models import CaseKeyRow, Checkup, CheckupEvent, SealedAnswers
from checkup.desk import green_rules
from checkup.desk.green_rules import DONE, HELD, RINGING
from checkup.desk.models import GreenCall
from checkup.packs.answers import Answers
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Pack
from checkup.scoring import model as scoring
from checkup.scoring import simulation
from checkup.scoring.values import Finding, Score
from demo.bulk import Row, copy, copy_rows, trust_rows
from demo.city import PASSWORD, demo_id
from tenants.base import Base, new_id
from tenants.business_details import PROFILE_FIELDS, BusinessDetails
from tenants.businesses import CONSENT_PURPOSES
from tenants.clock import CITY, city_day
from tenants.districts import DISTRICTS
from tenants.login.credentials import hash_password
from tenants.login.models import Credential
from tenants.models import Bureau, Business, Consent, Firm, Membership, Person
from webapp.migrating import admin_engine
from webapp.settings import Settings

_DISTINCT, _BATCH = 400, 2_000
_MOMENT = "2000-01-01T00:00:00+00:00"
_STATES = ("submitted", "in_review", "signed")
_SHARES = (10, 6, 84)
_DAY_MINUTES, _COMPLAINING = 24 * 60 - 1, 0.01
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Sample:
    """One synthetic business, its answers and its score; every checkup is a copy of one of them."""

    place: int
    details: BusinessDetails
    mode: str
    score: Score
    record: bytes  # the answers as they are sealed, each given at _MOMENT
    urgent_count: int


@dataclass(frozen=True)
class SimulatedFirm:
    """A firm with its wrapped key and its lawyers."""

    id: uuid.UUID
    wrapped_key: bytes
    lawyers: Sequence[uuid.UUID]
    taken: dict[tuple[uuid.UUID, dt.date], int] = field(default_factory=dict)  # minutes of a day already claimed


Rows = dict[type[Base], list[dict[str, object]]]


def simulate_year(
    settings: Settings, *, checkups: int, seed: int, firms: int, lawyers: int, until: dt.datetime
) -> None:  # fmt: skip
    """Write this many checkups of the year before `until` into `firms` firms with `lawyers` lawyers each."""
    rng, pack = random.Random(seed), get_pack(PACK)  # noqa: S311 - synthetic
    samples = [_make_sample(pack, rng, city_day(until), place) for place in range(min(_DISTINCT, checkups))]
    with admin_engine(settings.admin_database_url).begin() as connection:
        offices = _open_firms(connection, settings, seed=seed, firms=firms, lawyers=lawyers, at=until)
        has_no_triggers = trust_rows(connection)
        _lay_out_findings(connection, samples)
        made = (_checkup_rows(settings, rng, pack, rng.choice(samples), rng.choice(offices), until)
                for _ in range(checkups))  # fmt: skip
        with ThreadPoolExecutor(1) as writer:  # the database writes one batch while the next is made
            under_way = writer.submit(lambda: None)
            while batch := list(itertools.islice(made, _BATCH)):
                under_way.result()
                under_way = writer.submit(_write, connection, batch)
            under_way.result()
        if has_no_triggers:
            connection.exec_driver_sql(_PROGRESS, (f"sim-{seed}-%",))


def _write(connection: Connection, batch: Sequence[tuple[Sample, Rows]]) -> None:
    for model in batch[0][1]:
        copy_rows(connection, model, [row for _, rows in batch for row in rows[model]])
    _copy_findings(connection, [(sample, rows[CaseKeyRow][0]) for sample, rows in batch])


_FINDING = (
    "place", "risk", "domain", "severity", "likelihood", "lo", "hi", "state", "priority", "colour", "points", "urgent",
    "due_on", "case_place",
)  # fmt: skip
_OF_CASE = ("firm_id", "checkup_id", "owner_id")
# What the trigger on `checkup` keeps (`tenants/access/sql.py`).
_PROGRESS = """INSERT INTO progress (firm_id, checkup_id, owner_id, state, review_wanted, submitted_at, signed_at)
SELECT c.firm_id, c.id, c.owner_id, c.state, c.review_wanted, c.submitted_at, c.signed_at
FROM checkup c JOIN firm f ON f.id = c.firm_id WHERE f.slug LIKE %s ON CONFLICT DO NOTHING"""


def _lay_out_findings(connection: Connection, samples: Sequence[Sample]) -> None:
    """The findings of each sample once, from which the database copies them to every checkup made of it."""
    names = ", ".join(_FINDING)
    for statement in (
        f"CREATE TEMP TABLE sample_finding ON COMMIT DROP AS SELECT 0 AS sample, {names} FROM finding LIMIT 0",  # noqa: S608
        f"CREATE TEMP TABLE sampled ON COMMIT DROP AS SELECT 0 AS sample, {', '.join(_OF_CASE)} FROM finding LIMIT 0",  # noqa: S608
    ):
        connection.exec_driver_sql(statement)
    lines = [[one.place, *_finding(place, f)] for one in samples for place, f in enumerate(one.score.findings)]
    copy(connection, "sample_finding", ["sample", *_FINDING], lines)
    connection.exec_driver_sql("CREATE INDEX ON sample_finding (sample); ANALYZE sample_finding")


def _copy_findings(connection: Connection, made: Sequence[tuple[Sample, Row]]) -> None:
    copy(connection, "sampled", ["sample", *_OF_CASE], [[one.place, *(row[n] for n in _OF_CASE)] for one, row in made])
    connection.exec_driver_sql(
        f"INSERT INTO finding ({', '.join((*_OF_CASE, *_FINDING))}) "  # noqa: S608 - names of columns
        f"SELECT {', '.join((*_OF_CASE, *_FINDING))} FROM sampled JOIN sample_finding USING (sample)"
    )
    connection.exec_driver_sql("TRUNCATE sampled")


def _make_sample(pack: Pack, rng: random.Random, today: dt.date, place: int) -> Sample:
    details = simulation.make_details(rng)
    profile, express = details.profile(), rng.random() < 0.5
    answers = simulation.walk(pack, profile, simulation.make_character(rng), rng, today=today, express=express)
    score = scoring.score(pack, profile, answers, today=today, express=express)
    urgent = sum(one.urgent and one.state == "found" for one in score.findings)
    return Sample(place, details, "express" if express else "deep", score, _record(answers).to_bytes(), urgent)


def _open_firms(
    connection: Connection, settings: Settings, *, seed: int, firms: int, lawyers: int, at: dt.datetime
) -> list[SimulatedFirm]:
    """A bureau for each district that has none, firms spread over the districts, lawyers with one demo password."""
    secret, bureaus = hash_password(PASSWORD), {code: demo_id(f"bureau:{code}") for code in DISTRICTS}
    for code, bureau_id in bureaus.items():
        named = DISTRICTS[code]
        if connection.execute(Bureau.__table__.select().where(Bureau.id == bureau_id)).first() is None:
            names = {"name": f"{named['zh-Hans']}司法局（演示）", "name_en": f"{named['en']} Justice Bureau (demo)"}
            row = {"id": bureau_id, "parent_id": demo_id("bureau"), "district": code, **names}
            connection.execute(insert(Bureau), [row])
    made = []
    for number in range(firms):
        code, slug = list(DISTRICTS)[number % len(DISTRICTS)], f"sim-{seed}-{number}"
        firm = SimulatedFirm(demo_id(slug), settings.keyring().new_firm_key(str(demo_id(slug))),
                             [demo_id(f"{slug}:{one}") for one in range(lawyers)])  # fmt: skip
        connection.execute(
            insert(Firm),
            [{"id": firm.id, "bureau_id": bureaus[code], "slug": slug, "name": f"上海模拟{number + 1}律师事务所",
              "name_en": f"Simulated Law Firm {number + 1}", "district": code, "phone": "021-12348",
              "licence_number": f"SIM{seed:04}{number:04}", "state": "active",
              "wrapped_key": firm.wrapped_key}],
        )  # fmt: skip
        people = [{"id": one, "kind": "staff", "name": f"模拟律师{number + 1}-{place + 1}",
                   "email": f"lawyer{place + 1}@{slug}.example", "created_at": at}
                  for place, one in enumerate(firm.lawyers)]  # fmt: skip
        connection.execute(insert(Person), people)
        connection.execute(insert(Credential), [{"person_id": one, "password_hash": secret} for one in firm.lawyers])
        places = [{"firm_id": firm.id, "person_id": one, "role": "lawyer"} for one in firm.lawyers]
        connection.execute(insert(Membership), places)
        made.append(firm)
    return made


def _checkup_rows(
    settings: Settings, rng: random.Random, pack: Pack, sample: Sample, firm: SimulatedFirm, until: dt.datetime
) -> tuple[Sample, Rows]:  # fmt: skip
    """Its sample and every row of one checkup but its findings, table by table, in an order that foreign keys allow."""
    owner, business, checkup = new_id(), new_id(), new_id()
    of_firm: dict[str, object] = {"firm_id": firm.id}
    of_case = {**of_firm, "checkup_id": checkup, "owner_id": owner}
    state = rng.choices(_STATES, _SHARES)[0]
    age = rng.uniform(0.1, 20 if state != "signed" else 364)
    began = until - dt.timedelta(days=age)
    signed = min(began + dt.timedelta(days=rng.lognormvariate(0.8, 0.8)), until) if state == "signed" else None
    profile = {field: getattr(sample.details, field) for field in PROFILE_FIELDS}
    data_key = settings.keyring().new_data_key(firm.wrapped_key, str(firm.id), str(checkup))
    case = settings.keyring().case(firm.wrapped_key, str(firm.id), data_key, str(checkup))
    score, lawyer = sample.score, rng.choice(firm.lawyers)
    moment = began.isoformat(timespec="seconds").encode()
    return sample, {
        Person: [{"id": owner, "kind": "guest", "created_at": began, "phone_digest": f"simulated:{owner}"}],
        Business: [{**of_firm, "id": business, "owner_id": owner, "name": sample.details.name, **profile}],
        Consent: [
            {**of_firm, "business_id": business, "owner_id": owner, "purpose": purpose,
             "granted": purpose == "review" or rng.random() < 0.8, "text_version": "2026-11", "channel": "web",
             "at": began}
            for purpose in CONSENT_PURPOSES
        ],
        Checkup: [
            {**of_firm, "id": checkup, "business_id": business, "owner_id": owner, "urgent_count": sample.urgent_count,
             "case_number": "SIM-" + "".join(rng.choices(_ALPHABET, k=10)), "state": state, "pack_id": pack.id,
             "pack_version": pack.version, "pack_hash": pack.hash, "locale": "zh-Hans", "review_wanted": True,
             "mode": sample.mode, "score": score.score, "score_low": score.low, "score_high": score.high,
             "grade": score.grade,
             "grade_low": score.grade_low, "grade_high": score.grade_high, "started_at": began,
             "held_by": score.held_by and " ".join((score.held_by.rule, *score.held_by.risks)),
             "answered": score.answered, "enough": score.enough, "light": score.light,
             "submitted_at": began, "signed_at": signed}
        ],
        CaseKeyRow: [{**of_case, "wrapped_key": data_key}],
        SealedAnswers: [
            {**of_case, "version": 1, "sealed": case.seal(sample.record.replace(_MOMENT.encode(), moment))}
        ],
        CheckupEvent: list(_events(of_case, lawyer, began, signed, state)),
        GreenCall: [_green_row(of_case, lawyer, began, signed, state)] if sample.urgent_count else [],
        HourEntry: [_hour_row(of_case, lawyer, rng, signed, firm)] if signed else [],
        Complaint: [_complaint_row(of_case, signed, until, rng)] if signed and rng.random() < _COMPLAINING else [],
    }  # fmt: skip


def _record(answers: Answers) -> AnswerRecord:
    return AnswerRecord(
        {q: {"value": value, "at": _MOMENT, "by": "owner", "via": "web"} for q, value in answers.items()}
    )


def _finding(place: int, one: Finding) -> tuple[object, ...]:
    return (
        place, one.risk, one.domain, one.severity, one.likelihood, one.lo, one.hi, one.state, one.priority, one.colour,
        one.points, one.urgent, one.due, one.case,
    )  # fmt: skip


def _hour_row(
    of_case: dict[str, object], lawyer: uuid.UUID, rng: random.Random, signed: dt.datetime, firm: SimulatedFirm
) -> dict[str, object]:  # fmt: skip
    """The minutes of one review; each lawyer's follow one another, so that none is claimed twice."""
    day = city_day(signed)
    taken = firm.taken.setdefault((lawyer, day), 0)
    length = min(rng.randrange(12, 60), _DAY_MINUTES - taken) or 1
    firm.taken[lawyer, day] = taken + length
    start = dt.datetime.combine(day, dt.time(), CITY) + dt.timedelta(minutes=taken)
    spans = (Span(start.astimezone(dt.UTC), (start + dt.timedelta(minutes=length)).astimezone(dt.UTC)),)
    return {
        **of_case, "lawyer_id": lawyer, "lawyer_name": "模拟律师", "category": "checkup", "source": "activity",
        "day": day, "spans": spans, "minutes": length, "credited": spans, "credited_minutes": length,
        "state": rng.choice(("confirmed", "verified")), "made_at": signed, "confirmed_at": signed,
    }  # fmt: skip


def _green_row(
    of_case: dict[str, object], lawyer: uuid.UUID, began: dt.datetime, signed: dt.datetime | None, state: str
) -> dict[str, object]:
    """The call of an urgent case, as far as the case has gone."""
    is_rung = state == "submitted"
    return {
        **of_case, "state": RINGING if is_rung else HELD if state == "in_review" else DONE, "responsible_id": lawyer,
        "responsible_name": "模拟律师", "rung": 1, "started_at": began,
        "due_at": green_rules.answer_by(began) if is_rung else green_rules.speak_by(began), "ended_at": signed,
    }  # fmt: skip


def _complaint_row(
    of_case: dict[str, object], opened: dt.datetime, until: dt.datetime, rng: random.Random
) -> dict[str, object]:  # fmt: skip
    is_settled = rng.random() < 0.9
    return {
        **of_case, "state": "settled" if is_settled else "opened", "wants_call": True, "opened_at": opened,
        "due_on": answer_by(opened), "settled_at": min(opened + dt.timedelta(hours=20), until) if is_settled else None,
    }  # fmt: skip


def _events(
    of_case: dict[str, object], lawyer: uuid.UUID, began: dt.datetime, signed: dt.datetime | None, state: str
) -> Iterator[dict[str, object]]:
    """submitted → in_review → signed, as far as the state says."""
    path = ("answering", "submitted", "in_review", "signed")
    for was, became in itertools.pairwise(path[: path.index(state) + 1]):
        at = signed if became == "signed" and signed else began
        actor = None if became == "submitted" else lawyer
        yield {**of_case, "actor_id": actor, "was": was, "became": became, "at": at}
