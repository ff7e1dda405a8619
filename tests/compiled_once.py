"""Each module has an app and a database of its own, and all have the same routes, templates and statements: what is
compiled of them is kept."""

from collections.abc import Callable
from types import CodeType
from typing import ClassVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Dialect
from werkzeug.routing import Rule

from tenants import database

_Builder = Callable[..., tuple[str, str]]
_compile_builder = Rule._compile_builder
_builders = dict[tuple[object, ...], _Builder]()
_statements = dict[object, object]()
_dialects = list[Dialect]()


class _Compiled(BytecodeCache):
    _kept: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


def _builder_of(rule: Rule, append_unknown: bool = True) -> _Builder:
    """What makes the addresses of a rule is code of the rule alone."""
    told = (rule.rule, repr(rule.defaults), rule.subdomain, rule.host, append_unknown)
    if told not in _builders:
        _builders[told] = _compile_builder(rule, append_unknown)
    return _builders[told]


def keep_routes() -> None:
    """From now on in this process."""
    Rule._compile_builder = _builder_of


def keep_templates(app: Flask) -> Flask:
    """The app, whose templates may have been compiled by another."""
    app.jinja_env.bytecode_cache = _Compiled()
    return app


def keep_statements() -> None:
    """From now on in this process, for the pools of `tenants.database`, which speak one dialect."""
    database.create_engine = _open  # type: ignore[attr-defined]


def _open(url: str, **given: object) -> Engine:
    engine = create_engine(url, **given)
    _dialects.append(engine.dialect)
    engine.dialect = engine.pool._dialect = _dialects[0]
    engine._compiled_cache = _statements  # type: ignore[assignment]
    return engine
