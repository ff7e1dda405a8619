"""Run the benches named (all by default), print a table, write JSON. `--quick`: to their ends in seconds, unjudged."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from bench import (
    answer_step,
    attack,
    bureau_home,
    cloud,
    cloud_draft,
    cloud_events,
    cloud_push,
    cloud_read,
    cost,
    fuzz,
    heavy_visitors,
    licences,
    long_load,
    report_pdf,
    rescored,
    score_million,
    score_one,
    signed_reports,
    slow_line,
    start_up,
)  # fmt: skip
from bench.measured import write_table
from bench.results import HEAD, Result, Row, Watch, look_around, median_of
from tests.filled_city import weaken_hashes

_ALL = (
    answer_step, score_one, score_million, report_pdf, start_up, cloud, cloud_draft, cloud_read, cloud_events,
    cloud_push, cost, attack, fuzz, bureau_home, heavy_visitors, slow_line, licences,
    signed_reports, rescored, long_load,
)  # fmt: skip
BENCHES = {bench.NAME: bench for bench in _ALL}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="small and once, to see that every bench still runs")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page (docs/measured.md)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHES.keys():
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    if asked.quick:
        weaken_hashes()  # most of what it takes to open a city
    rows = []
    print(HEAD)
    for name in asked.names or BENCHES:
        for row in _measure(BENCHES[name], quick=asked.quick):
            rows.append(row)
            print(row, flush=True)
    if asked.json:
        asked.json.write_text(json.dumps({row.result.name: row.as_json() for row in rows}, indent=2))
    if asked.write:
        write_table(asked.write, rows)


def _measure(bench: ModuleType, *, quick: bool) -> Iterator[Row]:
    """A bench yields a figure as often as it measures it."""
    before, runs = look_around(quick=quick), dict[str, list[Result]]()
    watch = Watch()
    for result in bench.measure(quick=quick):
        runs.setdefault(result.name, []).append(result)
    ground = replace(before, busy_meanwhile=watch.others_percent())
    for found in runs.values():
        yield Row(median_of(found), len(found), ground, quick)


if __name__ == "__main__":
    main()
