"""Every module of views that has a blueprint: a new file there is served, and gated, without being listed."""

import importlib
import pkgutil

from webapp import views

_PLACES = pkgutil.walk_packages(views.__path__, prefix=f"{views.__name__}.")
_FOUND = (importlib.import_module(place.name) for place in _PLACES if not place.ispkg)
MODULES = tuple(module for module in _FOUND if hasattr(module, "blueprint"))
