"""Every model of the product, loaded: what is derived from the models (schema, keys) can forget no table."""

import importlib
import pkgutil

from tenants.base import Base

_PACKAGES = ("tenants", "checkup", "billing", "bureau", "cloud")
_KEYS = "_key"


def register_models() -> None:
    """Import every module of the product's packages, so that no table can be forgotten."""
    for package in _PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)


def list_key_tables() -> list[str]:
    """The tables whose rows are keys that an erasure destroys: by convention those named `…_key`."""
    register_models()
    return sorted(name for name in Base.metadata.tables if name.endswith(_KEYS))
