"""Run the benches named (all by default), print a table, write JSON."""

import argparse
import json
from pathlib import Path

from bench import score_one, start_up

BENCHES = {bench.NAME: bench for bench in (score_one, start_up)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    results = {}
    for name in asked.names or BENCHES:
        bench = BENCHES[name]
        value = bench.measure()
        met = value <= bench.TARGET
        results[name] = {
            "value": value, "unit": bench.UNIT, "baseline": None, "ratio": None, "target": bench.TARGET, "met": met,
        }  # fmt: skip
        print(f"{name:12} {value:10.3f} {bench.UNIT:4} target {bench.TARGET:g} {'met' if met else 'MISSED'}")
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
