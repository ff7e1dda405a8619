"""The table of the last full run, put into its page between two marks; what people wrote around it stays."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.results import Row
from tenants.clock import city_day, now

BEGINS, ENDS = "<!-- table: begins -->", "<!-- table: ends -->"
_HEAD = (
    "| figure | value | beside | ratio | target | | runs | load before (others before, then meanwhile) |\n"
    "|---|---|---|---|---|---|---|---|"
)


def write_table(page: Path, rows: Sequence[Row]) -> None:
    """Raises: ValueError for a page without the two marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGINS)
    _, mark, after = rest.partition(ENDS)
    if not mark:
        raise ValueError(f"{page} has not the marks {BEGINS} and {ENDS}")
    ground = rows[0].ground if rows else None
    told = f"{city_day(now())}, commit {_commit()}"
    if ground is not None:
        told += f", {ground.cores} cores of {ground.machine}"
    table = "\n".join((_HEAD, *(row.as_markdown() for row in rows)))
    page.write_text(f"{before}{BEGINS}\n{told}.\n\n{table}\n{ENDS}{after}", encoding="utf-8")


def _commit() -> str:
    """The commit that was measured, with a mark where files were changed since."""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*"]
    done = subprocess.run(asked, capture_output=True, text=True, cwd=Path(__file__).parent)  # noqa: S603
    return done.stdout.strip() or "unknown"
