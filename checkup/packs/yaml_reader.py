"""YAML that remembers its lines, and the faults found in it. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with a pack, where, in a sentence."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackFaults(Exception):
    """Every fault of a pack, sorted by file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class Node(dict[str, Any]):
    """A mapping that knows the line it began on."""

    line = 1


# The C parser where libyaml is there: ten times as fast.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_plain(file: Path) -> Any:
    """What a file of our own holds, where no line of it need be remembered."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506 - a SafeLoader


class _Loader(SafeLoader):  # type: ignore[misc]  # whichever of the two it is
    """Remembers lines and refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Iterator[Node]:
    made = Node()
    made.line = node.start_mark.line + 1
    yield made
    for key_node, value_node in node.value:
        key: object = loader.construct_object(key_node)
        name = ("yes" if key else "no") if isinstance(key, bool) else str(key)
        if name in made:
            raise yaml.constructor.ConstructorError(None, None, f"{name} is given twice", key_node.start_mark)
        made[name] = loader.construct_object(value_node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class Reader:
    """Reads one file (or `content`, under that file's name) and collects faults; a missing or wrong value yields a
    harmless default."""

    def __init__(self, file: Path, faults: list[Fault], content: str | None = None) -> None:
        self.file, self.faults = file.name, faults
        self.root = self._load(file, content)

    def _load(self, file: Path, content: str | None) -> Node:
        try:
            text = file.read_text(encoding="utf-8") if content is None else content
            loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.faults.append(Fault(self.file, line, f"not valid YAML: {error.problem}"))
            return Node()
        except RecursionError:  # an endless bracket
            self.faults.append(Fault(self.file, 1, "nested too deeply"))
            return Node()
        except (OSError, ValueError, yaml.YAMLError) as error:  # a day that is none
            self.faults.append(Fault(self.file, 1, f"cannot be read: {error.__class__.__name__}"))
            return Node()
        if isinstance(loaded, Node):
            return loaded
        self.faults.append(Fault(self.file, 1, "must be a mapping"))
        return Node()

    def fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(self.file, node.line, message))

    def keys(self, node: Node, allowed: str, what: str) -> None:
        """Name keys that mean nothing here."""
        for key in node.keys() - set(allowed.split()):
            self.fault(node, f"{what}: unknown key {key}")

    def word(self, node: Node, key: str, allowed: tuple[str, ...] = (), default: str = "") -> str:
        value = node.get(key, default)
        if not isinstance(value, str | int | float) or isinstance(value, bool) or value == "":
            self.fault(node, f"{key} is missing or not a word")
            return default
        if allowed and str(value) not in allowed:
            self.fault(node, f"{key}: {value} is not one of {', '.join(allowed)}")
            return allowed[0]
        return str(value)

    def text(self, node: Node, key: str) -> dict[str, str]:
        """A text in every language."""
        value = node.get(key)
        found = value if isinstance(value, Node) else Node()
        for language in LANGUAGES:
            if not isinstance(found.get(language), str) or not found[language].strip():
                self.fault(found if found else node, f"{key}: no text in {language}")
        return {language: str(found.get(language) or "").strip() for language in LANGUAGES}

    def number(self, node: Node, key: str, low: float, high: float, default: float | None = None) -> float | None:
        value = node.get(key, default)
        if value is None and key not in node:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(node, f"{key}: {value} is not a number from {low:g} to {high:g}")
            return default
        return float(value)

    def date(self, node: Node, key: str) -> dt.date:
        value = node.get(key)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        self.fault(node, f"{key}: {value} is not a date")
        return dt.date.min

    def nodes(self, node: Node, key: str) -> list[Node]:
        value = node.get(key, [])
        if isinstance(value, list) and all(isinstance(item, Node) for item in value):
            return value
        self.fault(node, f"{key} must be a list of mappings")
        return []

    def words(self, node: Node, key: str) -> tuple[str, ...]:
        value = node.get(key, [])
        items = value if isinstance(value, list) else [value]
        return tuple(str(item) for item in items)
