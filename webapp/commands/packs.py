"""`famai score` and `famai pack …`: for authors, and for anyone who wants to recompute a score."""

import difflib
import json
import random
import statistics
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from checkup.lessons.loading import list_lessons
from checkup.packs.authoring import warnings
from checkup.packs.catalogue import folder_of, get_pack, list_packs
from checkup.packs.loading import load_pack, locate
from checkup.packs.reachability import unreached
from checkup.packs.risk_text import explain_risk
from checkup.packs.values import Pack
from checkup.packs.workbook import NotOurWorkbook, read_comments, write_workbook
from checkup.packs.yaml_reader import LANGUAGES, PackFaults
from checkup.scoring import model, simulation
from checkup.scoring.answers_file import AnswersFaults, GivenAnswers, parse_answers
from checkup.scoring.answers_json import MOST_BYTES, NotReadable, printable, read_json
from checkup.scoring.express import Separation, missed_without, separation
from checkup.scoring.json_output import to_json
from checkup.scoring.values import LIGHTS
from checkup.ways.loading import list_disputes, list_keeps
from tenants.clock import city_day, now
from webapp.commands import typed
from webapp.commands.lazy import PackGroup

_MOST_TRIED = 400


@click.command()
@click.argument("pack", type=typed.PACK)
@click.argument("answers", type=typed.FILE)
def score(pack: str, answers: Path) -> None:
    """Score ANSWERS (JSON) by PACK; exit 2 with a line per fault when ANSWERS is wrong."""
    loaded = load_named(pack)
    given = _read(loaded, answers)
    result = model.score(loaded, given.profile, given.answers, today=given.today)
    click.echo(json.dumps(to_json(loaded, result), ensure_ascii=False, indent=2))


def _stop(lines: list[str], code: int) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)


def _read(pack: Pack, file: Path) -> GivenAnswers:
    try:
        with file.open("rb") as opened:
            return parse_answers(pack, read_json(opened.read(MOST_BYTES + 1)))
    except (NotReadable, OSError) as error:
        _stop([f"{printable(file.name)}: {printable(error)}"], 2)
    except AnswersFaults as faults:
        _stop(list(faults.lines), 2)


def load_named(name: str) -> Pack:
    """A shipped pack, `id@version` of a kept one, or a folder; exit 1 where there is none or it has faults."""
    pack_id, _, version = name.partition("@")
    try:
        if pack_id in list_packs():
            return get_pack(pack_id, version or None)
        if (Path(name) / "pack.yaml").is_file():
            return load_pack(Path(name))
    except PackFaults as faults:
        _stop(list(map(str, faults.faults)), 1)
    except KeyError:
        pass
    _stop([f"{name}: neither a folder with a pack.yaml nor one of the shipped packs: {', '.join(list_packs())}"], 1)


def _located(name: str, messages: Iterable[tuple[str, str]]) -> list[str]:
    folder = Path(name) if (Path(name) / "pack.yaml").is_file() else folder_of(name)
    return sorted({str(locate(folder, owner, message)) for owner, message in messages})


@click.group(cls=PackGroup)
def pack() -> None:
    """Work on packs."""


@pack.command()
@click.argument("name", type=typed.PACK)
@click.option("--strict", is_flag=True, help="Warnings are faults.")
def lint(name: str, strict: bool) -> None:
    """Name every fault of a pack, and every question or likelihood no business can reach; exit 1 if there is one.

    Warnings (a fault found only because a box is empty, words that accuse too much, a hint that names no option, law
    out of date, English that is no sentence) are counted, and named as faults with --strict.
    """
    loaded = load_named(name)
    is_kept = "@" in Path(name).name  # published once, so it cannot be mended; checkups begun on it go on
    faults = [] if is_kept else [message for _, message in unreached(loaded)]
    warned = [] if is_kept else _located(name, warnings(loaded))
    if faults or (strict and warned):
        _stop(faults + (warned if strict else []), 1)
    if warned:
        click.echo(f"{len(warned)} warning(s); --strict names them", err=True)
    click.echo(f"ok: {loaded.id} {loaded.version}, {len(loaded.questions)} questions, {len(loaded.risks)} risks")


@pack.command()
@click.argument("name", type=typed.PACK)
def citations(name: str) -> None:
    """What lies beside a pack and names a law (lessons, ways out of disputes): `law` and `article`, as JSON."""
    loaded = load_named(name)
    cited = [(f"lesson {one.id}", one.basis) for one in list_lessons(loaded.id)]
    for dispute in list_disputes(loaded.id):
        cited += [(f"dispute {dispute.id}", dispute.basis)]
        cited += [(f"route {one.id}", one.basis) for one in dispute.routes]
    cited += [(f"keep {one.id}", one.basis) for one in list_keeps(loaded.id)]
    told = [{"of": of, "law": law, "article": list(articles)} for of, basis in cited for law, articles in basis.items()]
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@pack.command()
@click.argument("name", type=typed.PACK)
@click.argument("risk", type=typed.WORD)
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
@click.argument("name", type=typed.PACK)
@click.argument("file", type=typed.NEW_FILE)
def xlsx(name: str, file: Path) -> None:
    """Write a workbook with a row per risk for a lawyer to comment."""
    loaded = load_named(name)
    write_workbook(loaded, file)
    click.echo(f"{file}: {len(loaded.risks)} risks")


@pack.command()
@click.argument("name", type=typed.PACK)
@click.argument("file", type=typed.FILE)
def comments(name: str, file: Path) -> None:
    """Read a commented workbook back as a list of changes to make."""
    try:
        changes = read_comments(load_named(name), file)
    except NotOurWorkbook as error:
        _stop([str(error)], 2)
    for change in changes:
        click.echo(change)
    click.echo(f"{len(changes)} change(s) asked for")


def _tell_separation(found: Separation) -> None:
    click.echo("grades: " + ", ".join(f"{grade} {share:.1%}" for grade, share in found.shares.items()))
    click.echo(f"hidden care explained by the grade: eta² {found.explained:.2f}")
    click.echo("express light × deep grade:")
    click.echo("        " + "".join(f"{grade:>6}" for grade in found.shares))
    for light in LIGHTS:
        counts = "".join(f"{found.lights.get((light, grade), 0):6}" for grade in found.shares)
        click.echo(f"  {light:6}{counts}")


@pack.command()
@click.argument("name", type=typed.PACK)
@click.option("--businesses", default=2000, type=typed.whole(1, 1_000_000), show_default=True)
@click.option("--seed", default=1, type=typed.SEED, show_default=True)
def express(name: str, businesses: int, seed: int) -> None:
    """How the grades part simulated businesses, what the express light says of them, and what each express question
    is worth (over the first 400)."""
    loaded, today = load_named(name), city_day(now())
    rng = random.Random(seed)  # noqa: S311 - simulated businesses, no secret
    made = []
    for _ in range(businesses):
        profile, character = simulation.make_details(rng).profile(), simulation.make_character(rng)
        answers = simulation.walk(loaded, profile, character, rng, today=today, express=False)
        made.append((character.care, profile, answers))
    chosen = {question.id for question in loaded.questions if question.express}
    click.echo(f"questions met: {statistics.median(len(given) for *_, given in made):g} (median of the deep checkup)")
    _tell_separation(separation(loaded, made, express=chosen, today=today))
    lit, missed = missed_without(loaded, made[:_MOST_TRIED], express=chosen, today=today)
    click.echo(f"of the first {len(made[:_MOST_TRIED])}, {lit} with D or E get a red or orange light")
    for question, count in missed.items():
        click.echo(f"  without {question:16} {count} of them would not")
