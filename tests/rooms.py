"""The house in numbers: folders that import each other in a circle, how full a room is, how long its files are.

`python -m tests.rooms` prints them; `bin/check` does, and ends with an error where a bound is broken.
"""

import collections
import graphlib
import statistics
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp

from tests.places import ROOT

STOREYS = ("tenants", "checkup", "billing", "bureau", "cloud", "webapp")  # from the floor up
MOST_FILES, MOST_LINES, MEDIAN_LINES = 20, 400, 80


def files() -> list[Path]:
    return [file for storey in STOREYS for file in sorted((ROOT / storey).rglob("*.py"))]


def lengths() -> list[int]:
    return [len(file.read_text(encoding="utf-8").splitlines()) for file in files()]


def room_sizes() -> dict[str, int]:
    """Room → its files; what lies at the top of a storey (its application, its settings) is a room by itself."""
    rooms = (file.parent for file in files() if file.name != "__init__.py" and file.parent.parent != ROOT)
    return dict(collections.Counter(str(room.relative_to(ROOT)) for room in rooms))


def folder_of(module: str) -> str:
    """The folder of a module; a file at the top of a storey stands for itself."""
    if (ROOT / Path(*module.split("."))).is_dir() or module.count(".") < 2:
        return module
    return module.rsplit(".", 1)[0]


def find_circle(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Folders that need each other, of these (importer, imported) modules; empty where every arrow runs down."""
    needs: dict[str, set[str]] = collections.defaultdict(set)
    for importer, imported in imports:
        if folder_of(importer) != folder_of(imported):
            needs[folder_of(importer)].add(folder_of(imported))
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as circle:
        return list(circle.args[1])
    return []


def house_imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph(*STOREYS, cache_dir=None)
    return [(m, other) for m in graph.modules for other in graph.find_modules_directly_imported_by(m)]


def main() -> int:
    circle, rooms, lines = find_circle(house_imports()), room_sizes(), lengths()
    fullest = max(rooms, key=lambda room: rooms[room])
    median = statistics.median(lines)
    sys.stdout.write(
        f"rooms: {len(rooms)}; folders in a circle: {', '.join(circle) or 'none'}; "
        f"fullest: {fullest}, {rooms[fullest]} files\n"
        f"files: {len(lines)}; lines: median {median:g}, longest {max(lines)}\n"
    )
    broken = circle or rooms[fullest] > MOST_FILES or max(lines) > MOST_LINES or median > MEDIAN_LINES
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
