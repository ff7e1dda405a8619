"""(q) Photos of licences, straight, tilted, dark and in glare: read right, in time, within the worker's memory."""

import importlib
import multiprocessing
import pathlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.results import Result
from checkup.prefill.photos import read_photo
from tenants.uploads import check_file
from tests.licences import make_licence, photograph

NAME = "licences"
_PHOTOS, _QUICK_PHOTOS = 40, 2
_LEAST_RIGHT, _MOST_SECONDS, _MOST_MEBIBYTES = 0.95, 2.0, 600.0


@dataclass(frozen=True)
class _Read:
    """Seconds of each photo after the first, and how many codes were right, and wrong with nothing said."""

    seconds: list[float]
    right: int
    wrong: int
    peak_mebibytes: float


def measure(*, quick: bool) -> Iterator[Result]:
    """In a process of its own that holds all that a worker holds; the first photo, which loads the models, is not in
    the time."""
    licences = [make_licence(seed) for seed in range(_QUICK_PHOTOS if quick else _PHOTOS)]
    taken = [check_file(photograph(licence, seed), "photo").content for seed, licence in enumerate(licences)]
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        read = alone.apply(_read, ([licence.code for licence in licences], taken))
    yield Result("licence_codes_right", read.right / len(taken), "share", _LEAST_RIGHT, at_least=True)
    yield Result("licence_codes_wrong", read.wrong, "codes", 0.0)
    for seconds in read.seconds:
        yield Result("licence_photo", seconds, "s", _MOST_SECONDS)
    yield Result("licence_slowest", max(read.seconds), "s", _MOST_SECONDS)
    yield Result("licence_memory", read.peak_mebibytes, "MiB", _MOST_MEBIBYTES)


def _read(codes: list[str], taken: list[bytes]) -> _Read:
    importlib.import_module("webapp.jobs")
    seconds, right, wrong = [], 0, 0
    for wanted, photo in zip(codes, taken, strict=True):
        began = time.perf_counter()
        found = read_photo(photo)
        seconds.append(time.perf_counter() - began)
        code = "" if found is None else found.credit_code
        right += code == wanted
        wrong += code not in ("", wanted)
    return _Read(seconds[1:], right, wrong, _peak_mebibytes())


def _peak_mebibytes() -> float:
    """Of this process since it began; what `getrusage` tells holds the process that it was forked from too."""
    lines = pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
