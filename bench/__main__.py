"""Run the benches named (all by default), print a table, write JSON."""

import argparse
import json
from pathlib import Path

from bench import (
    answer_step,
    attack,
    bureau_home,
    cloud,
    cloud_events,
    cloud_push,
    report_pdf,
    score_million,
    score_one,
    start_up,
)  # fmt: skip

_ALL = (
    answer_step, score_one, score_million, report_pdf, start_up, cloud, cloud_events, cloud_push, attack, bureau_home,
)  # fmt: skip
BENCHES = {bench.NAME: bench for bench in _ALL}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    results = []
    print(f"{'':24} {'value':>10} {'unit':8} {'baseline':>10} {'ratio':>8}   target")
    for name in asked.names or BENCHES:
        for result in BENCHES[name].measure():
            results.append(result)
            print(result.row(), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps({result.name: result.as_json() for result in results}, indent=2))


if __name__ == "__main__":
    main()
