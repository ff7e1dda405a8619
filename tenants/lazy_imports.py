"""Large libraries that few requests need: found at their first use, so that a web worker starts and stays small."""

import importlib
from typing import Any


class _Later:
    """Stands for a module; every attribute is the module's own."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)


def lazily(name: str) -> Any:
    """The module of this name, imported when something of it is used. Raises: ImportError, then."""
    return _Later(name)
