"""`famai score` and `famai pack …`: for authors, and for anyone who wants to recompute a score."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from checkup import scoring
from checkup.answers import InvalidAnswer, Value, parse_value
from checkup.packs.catalogue import get_pack, list_packs
from checkup.packs.loading import load_pack
from checkup.packs.reading import PackFaults
from checkup.packs.values import Pack
from checkup.scoring_json import to_json


def _folder(name: str) -> Path:
    return Path(name) if Path(name).is_dir() else Path(load_pack.__code__.co_filename).parent / name


@click.command()
@click.argument("pack")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def score(pack: str, answers: Path) -> None:
    """Score ANSWERS (JSON) by PACK; exit 2 with a line per fault when ANSWERS is wrong."""
    try:
        loaded = get_pack(pack) if pack in list_packs() else load_pack(_folder(pack))
    except PackFaults as faults:
        _stop(list(map(str, faults.faults)), 1)
    profile, parsed, today = _parse(loaded, answers)
    result = scoring.score(loaded, profile, parsed, today=today)
    click.echo(json.dumps(to_json(loaded, result), ensure_ascii=False, indent=2))


def _stop(lines: list[str], code: int) -> None:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)


def _parse(pack: Pack, file: Path) -> tuple[dict[str, Value], dict[str, Value], dt.date]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        _stop([f"{file.name}: not JSON: {error}"], 2)
    if not isinstance(document, dict):
        _stop([f"{file.name}: must be an object with profile, answers and today"], 2)
    faults = [f"unknown key {key}" for key in document.keys() - {"profile", "answers", "today"}]
    profile = _profile(pack, document.get("profile", {}), faults)
    answers = _answers(pack, document.get("answers", {}), faults)
    today = dt.date.min
    try:
        today = dt.date.fromisoformat(str(document.get("today", "")))
    except ValueError:
        faults.append("today: give an ISO date, such as 2026-11-23")
    if faults:
        _stop(faults, 2)
    return profile, answers, today


def _profile(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    fields, parsed = {f.id: f for f in pack.profile}, {}
    if not isinstance(raw, dict):
        faults.append("profile: must be an object")
        return {}
    for key, value in raw.items():
        field = fields.get(key)
        if field is None:
            faults.append(f"profile.{key}: unknown field")
        elif field.kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            faults.append(f"profile.{key}: not a number from 0")
        elif field.kind == "choice" and value not in field.options:
            faults.append(f"profile.{key}: {value} is not an option")
        else:
            parsed[key] = value
    return parsed


def _answers(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    questions, parsed = {q.id: q for q in pack.questions}, {}
    if not isinstance(raw, dict):
        faults.append("answers: must be an object")
        return {}
    for key, value in raw.items():
        if key not in questions:
            faults.append(f"{key}: unknown question")
            continue
        try:
            parsed[key] = parse_value(
                questions[key], [str(v) for v in value] if isinstance(value, list) else str(value)
            )
        except InvalidAnswer as error:
            faults.append(f"{key}: {error.code}")
    return parsed


@click.group()
def pack() -> None:
    """Work on packs."""


@pack.command()
@click.argument("name")
def lint(name: str) -> None:
    """Name every fault of a pack with file and line; exit 1 if there is one."""
    try:
        loaded = load_pack(_folder(name))
    except PackFaults as faults:
        _stop(list(map(str, faults.faults)), 1)
    click.echo(f"ok: {loaded.id} {loaded.version}, {len(loaded.questions)} questions, {len(loaded.risks)} risks")
