"""A command group that loads a command's module when it is asked for: serving needs no workbook and no columns."""

import importlib
from collections.abc import Mapping
from typing import Any, cast

import click
import psycopg
from sqlalchemy.exc import OperationalError

from webapp.settings import BadSetting, StandingClock, WeakSecret


class LazyGroup(click.Group):
    """`found_in`: command name → `module:attribute`."""

    found_in: Mapping[str, str]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.found_in])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.found_in:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.found_in[cmd_name].partition(":")
        return cast(click.Command, getattr(importlib.import_module(module), attribute))


def _first_line(fault: Exception) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0]


class MainGroup(LazyGroup):
    """What stops a command outside of the product (a setting, a file, a server) is told in a line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BadSetting, StandingClock, WeakSecret) as fault:
            raise click.ClickException(f"settings: {fault}") from None
        except (OperationalError, psycopg.OperationalError) as fault:
            raise click.ClickException(f"database: {_first_line(fault)}") from None
        except OSError as fault:
            raise click.ClickException(_first_line(fault)) from None

    found_in = {
        "score": "webapp.commands.packs:score",
        "pack": "webapp.commands.packs:pack",
        "audit": "webapp.commands.trust:audit_group",
        "keys": "webapp.commands.trust:keys",
        "cloud": "webapp.commands.cloud:cloud",
        "setup": "webapp.commands.setup:setup",
        "bureau": "webapp.commands.city:bureau",
        "simulate": "demo.commands:simulate",
        "demo": "demo.commands:demo",
        "operator": "webapp.commands.operators:operator",
        "translations": "webapp.commands.translations:translations",
        "unlock": "webapp.commands.trust:unlock",
        "backup": "webapp.commands.backups:backup",
        "restore": "webapp.commands.backups:restore",
        "erase-again": "webapp.commands.backups:erase_again",
        "worker": "webapp.commands.worker:worker",
        "mail": "webapp.commands.channels:mail",
        "sms": "webapp.commands.channels:sms",
        "money": "webapp.commands.money:money",
        "access": "webapp.commands.access:access",
    }


class PackGroup(LazyGroup):
    found_in = {
        "drafts": "webapp.commands.lesson_drafts:drafts",
        "impact": "webapp.commands.impact:impact",
        "law-change": "webapp.commands.law_change:law_change",
        "quality": "webapp.commands.quality:quality",
    }


class BureauGroup(LazyGroup):
    found_in = {"report": "webapp.commands.reports:report"}
