"""What one measurement found, on which machine, and whether it meets its target."""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from bench.cpu import machine_seconds, own_seconds

_QUIET = 15.0  # per cent of the machine that others may use before and while it is measured, else it is disturbed
NO_TARGET = float("inf")  # of a figure that is told and not judged
_LOOK_SECONDS = 2.0
HEAD = (
    f"{'':24} {'value':>12} {'unit':8} {'baseline':>12} {'ratio':>8}   {'target':10} {'met':9} "
    "runs  load before, cores, machine"
)


@dataclass(frozen=True)
class Result:
    """A figure with its unit. With a `baseline` the target is on the ratio value / baseline, else on the value."""

    name: str
    value: float
    unit: str
    target: float
    baseline: float | None = None
    at_least: bool = False

    @property
    def told_target(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.target:g}" if self.is_judged else "—"

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def is_judged(self) -> bool:
        return self.target != NO_TARGET

    @property
    def is_met(self) -> bool:
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.target if self.at_least else measured <= self.target


@dataclass(frozen=True)
class Ground:
    """Where a measurement was made, and how busy others kept the machine just before it began and while it ran."""

    machine: str
    cores: int
    load: float
    busy_percent: float
    busy_meanwhile: float = 0.0

    @property
    def told_busy(self) -> str:
        return f"{self.busy_percent:.0f} %, then {self.busy_meanwhile:.0f} %"

    @property
    def is_quiet(self) -> bool:
        return max(self.busy_percent, self.busy_meanwhile) <= _QUIET


def look_around(*, quick: bool) -> Ground:
    """While this process does nothing: what the others do."""
    busy = psutil.cpu_percent(interval=_LOOK_SECONDS / 10 if quick else _LOOK_SECONDS)
    return Ground(_machine(), os.cpu_count() or 1, os.getloadavg()[0], busy)


class Watch:
    """What others take of the machine from now on."""

    def __init__(self) -> None:
        self._began, self._machine, self._own = time.monotonic(), machine_seconds(), own_seconds()

    def others_percent(self) -> float:
        """Per cent of all cores since then."""
        took = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        others = (machine_seconds() - self._machine) - (own_seconds() - self._own)
        return 100 * max(0.0, others) / took


def _machine() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), os.uname().machine)


@dataclass(frozen=True)
class Row:
    """The median of the runs of one figure, and what may be said of it."""

    result: Result
    runs: int
    ground: Ground
    is_quick: bool

    @property
    def verdict(self) -> str:
        """A quick run is no measurement, and a busy machine no ground to call a target met."""
        if self.is_quick:
            return "quick"
        if not self.ground.is_quiet:
            return "BUSY"
        if not self.result.is_judged:
            return "told"
        return "met" if self.result.is_met else "MISSED"

    def __str__(self) -> str:
        one, ground = self.result, self.ground
        baseline = "" if one.baseline is None else f"{one.baseline:12.3f}"
        ratio = "" if one.ratio is None else f"{one.ratio:6.2f} ×"
        target = one.told_target
        return (
            f"{one.name:24} {one.value:12.3f} {one.unit:8} {baseline:>12} {ratio:>8}   {target:10} {self.verdict:9} "
            f"{self.runs:4}  {ground.load:.2f} ({ground.told_busy}), {ground.cores}, {ground.machine}"
        )

    def as_markdown(self) -> str:
        one = self.result
        baseline = "" if one.baseline is None else f"{one.baseline:,.3f}"
        ratio = "" if one.ratio is None else f"{one.ratio:.2f} ×"
        cells = (one.name, f"{one.value:,.3f} {one.unit}", baseline, ratio, one.told_target, self.verdict)
        return f"| {' | '.join((*cells, str(self.runs), f'{self.ground.load:.2f} ({self.ground.told_busy})'))} |"

    def as_json(self) -> dict[str, object]:
        one, ground = self.result, self.ground
        return {
            "value": one.value, "unit": one.unit, "baseline": one.baseline, "ratio": one.ratio, "target": one.target,
            "at_least": one.at_least, "met": self.verdict, "runs": self.runs, "machine": ground.machine,
            "cores": ground.cores, "load_before": ground.load, "busy_percent_before": ground.busy_percent,
            "busy_percent_meanwhile": ground.busy_meanwhile,
        }  # fmt: skip


def median_of(runs: Sequence[Result]) -> Result:
    """One result of several of the same name; of an even number the lower of the two in the middle."""
    baselines = [run.baseline for run in runs if run.baseline is not None]
    baseline = statistics.median_low(baselines) if baselines else None
    return replace(runs[0], value=statistics.median_low([run.value for run in runs]), baseline=baseline)
