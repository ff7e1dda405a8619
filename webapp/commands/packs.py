"""`famai score` and `famai pack …`: for authors, and for anyone who wants to recompute a score."""

import difflib
import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from checkup import scoring
from checkup.answers_file import AnswersFaults, GivenAnswers, parse_answers
from checkup.packs.catalogue import get_pack, list_packs
from checkup.packs.explaining import explain_risk
from checkup.packs.loading import load_pack
from checkup.packs.reading import LANGUAGES, PackFaults
from checkup.packs.values import Pack
from checkup.packs.workbook import NotOurWorkbook, read_comments, write_workbook
from checkup.scoring_json import to_json


def _folder(name: str) -> Path:
    return Path(name) if Path(name).is_dir() else Path(load_pack.__code__.co_filename).parent / name


@click.command()
@click.argument("pack")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def score(pack: str, answers: Path) -> None:
    """Score ANSWERS (JSON) by PACK; exit 2 with a line per fault when ANSWERS is wrong."""
    loaded = load_named(pack)
    given = _read(loaded, answers)
    result = scoring.score(loaded, given.profile, given.answers, today=given.today)
    click.echo(json.dumps(to_json(loaded, result), ensure_ascii=False, indent=2))


def _stop(lines: list[str], code: int) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)


def _read(pack: Pack, file: Path) -> GivenAnswers:
    try:
        return parse_answers(pack, json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, UnicodeDecodeError) as error:
        _stop([f"{file.name}: not JSON: {error}"], 2)
    except AnswersFaults as faults:
        _stop(list(faults.lines), 2)


def load_named(name: str) -> Pack:
    """A shipped pack, `id@version` of a kept one, or a folder; faults end the command with exit 1."""
    try:
        return get_pack(name) if name in list_packs() else load_pack(_folder(name))
    except PackFaults as faults:
        _stop(list(map(str, faults.faults)), 1)


@click.group()
def pack() -> None:
    """Work on packs."""


@pack.command()
@click.argument("name")
def lint(name: str) -> None:
    """Name every fault of a pack with file and line; exit 1 if there is one."""
    loaded = load_named(name)
    click.echo(f"ok: {loaded.id} {loaded.version}, {len(loaded.questions)} questions, {len(loaded.risks)} risks")


@pack.command()
@click.argument("name")
@click.argument("risk")
def explain(name: str, risk: str) -> None:
    """Say in words, in both languages, when a risk applies and how it scores."""
    loaded = load_named(name)
    try:
        found = loaded.risk(risk)
    except KeyError:
        near = difflib.get_close_matches(risk, [r.id for r in loaded.risks], n=3)
        _stop([f"{risk}: not a risk of {loaded.id}" + (f"; did you mean {', '.join(near)}?" if near else "")], 2)
    for language in LANGUAGES:
        click.echo("\n".join(explain_risk(loaded, found, language)) + "\n")


@pack.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def xlsx(name: str, file: Path) -> None:
    """Write a workbook with a row per risk for a lawyer to comment."""
    loaded = load_named(name)
    write_workbook(loaded, file)
    click.echo(f"{file}: {len(loaded.risks)} risks")


@pack.command()
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def comments(name: str, file: Path) -> None:
    """Read a commented workbook back as a list of changes to make."""
    try:
        changes = read_comments(load_named(name), file)
    except NotOurWorkbook as error:
        _stop([str(error)], 2)
    for change in changes:
        click.echo(change)
    click.echo(f"{len(changes)} change(s) asked for")
