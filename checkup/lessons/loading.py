"""The lessons beside a pack, a file per area of law, read once."""

from functools import cache
from pathlib import Path
from typing import Any

from checkup.lessons.values import Asked, Lesson
from checkup.packs.yaml_reader import read_plain

_FOLDER = Path(__file__).parent


@cache
def list_lessons(pack_id: str) -> tuple[Lesson, ...]:
    """In the order of their files; none for a pack without lessons."""
    files = sorted((_FOLDER / pack_id).glob("*.yaml"))
    return tuple(_lesson(one) for file in files for one in read_plain(file))


def _lesson(told: dict[str, Any]) -> Lesson:
    return Lesson(
        id=told["id"],
        risks=tuple(told["risks"]),
        basis={law: tuple(map(str, articles)) for law, articles in told["basis"].items()},
        figure=told["figure"],
        title=told["title"],
        text=tuple(told["text"]),
        questions=tuple(Asked(one["ask"], one["right"], one["why"]) for one in told["questions"]),
    )
