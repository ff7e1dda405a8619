"""Every module of views that has a blueprint: a new file there is served, and gated, without being listed."""

import importlib
import pkgutil

from webapp import views

_FOUND = (importlib.import_module(f"{views.__name__}.{one.name}") for one in pkgutil.iter_modules(views.__path__))
MODULES = tuple(module for module in _FOUND if hasattr(module, "blueprint"))
