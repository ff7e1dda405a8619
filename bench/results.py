"""What one measurement found, and whether it meets its target."""

from dataclasses import dataclass


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
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool:
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.target if self.at_least else measured <= self.target

    def row(self) -> str:
        baseline = "" if self.baseline is None else f"{self.baseline:10.3f}  {self.ratio:5.2f} ×"
        sign = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        return f"{self.name:24} {self.value:10.3f} {self.unit:8} {baseline:21} {sign} {self.target:<6g} {verdict}"

    def as_json(self) -> dict[str, object]:
        return {
            "value": self.value, "unit": self.unit, "baseline": self.baseline, "ratio": self.ratio,
            "target": self.target, "met": self.met,
        }  # fmt: skip
