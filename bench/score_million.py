"""Score a million checkups of the shipped pack from columns in memory, and the whole path from sealed rows."""

import datetime as dt
import random
import resource
import time
from collections.abc import Iterator

import polars as pl

from bench.city import runs
from bench.results import Result
from checkup.cases.answer_record import AnswerRecord
from checkup.cases.sealing import Keyring
from checkup.packs.answers import Value
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from checkup.scoring.bulk import encode, score_frame

NAME = "score_million"
_CHECKUPS, _DISTINCT = 1_000_000, 2_000
_QUICK_CHECKUPS, _QUICK_DISTINCT = 2_000, 100
_NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def measure(*, quick: bool) -> Iterator[Result]:
    """Seconds for a million, peak memory of the process in GiB, and checkups a second from sealed rows."""
    checkups, distinct = (_QUICK_CHECKUPS, _QUICK_DISTINCT) if quick else (_CHECKUPS, _DISTINCT)
    pack, rows = get_pack(PACK), _simulated(distinct)
    frame = encode(pack, rows)
    million = pl.concat([frame] * (checkups // distinct)).rechunk()
    for _ in runs(quick=quick):
        began = time.perf_counter()
        score_frame(pack, million)
        yield Result(NAME, time.perf_counter() - began, "s", 15.0)
        yield Result("million_memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, "GiB", 3.0)
        yield Result("sealed_path", _sealed_rate(rows), "per s", 5000.0, at_least=True)


def _simulated(distinct: int) -> list[tuple[dict[str, str | float], dict[str, Value]]]:
    pack, rng = get_pack(PACK), random.Random(5)
    made = []
    for _ in range(distinct):
        profile = simulation.make_details(rng).profile()
        answers = simulation.walk(pack, profile, simulation.make_character(rng), rng, today=_NOW.date(), express=False)
        made.append((profile, answers))
    return made


def _sealed_rate(rows: list[tuple[dict[str, str | float], dict[str, Value]]]) -> float:
    """Unseal, read, encode and score, as `famai pack impact` does."""
    pack, keys = get_pack(PACK), Keyring(bytes(32))
    firm_key = keys.new_firm_key("firm")
    sealed = []
    for number, (profile, answers) in enumerate(rows):
        data_key = keys.new_data_key(firm_key, "firm", str(number))
        record = AnswerRecord()
        for question, value in answers.items():
            record = record.with_answer(question, value, at=_NOW, by="owner", via="web")
        case = keys.case(firm_key, "firm", data_key, str(number))
        sealed.append((profile, data_key, case.seal(record.to_bytes())))
    began = time.perf_counter()
    opened = [
        (profile, AnswerRecord.from_bytes(keys.case(firm_key, "firm", key, str(number)).unseal(document)).answers())
        for number, (profile, key, document) in enumerate(sealed)
    ]
    score_frame(pack, encode(pack, opened))
    return len(rows) / (time.perf_counter() - began)
