"""Load a pack from its folder: everything is read, every fault is named, and only a whole pack comes out."""

import hashlib
import re
from pathlib import Path

from checkup.packs import linting, parsing
from checkup.packs.model_reader import read_model, suit
from checkup.packs.values import GRADES, Domain, Law, Pack, ProfileField
from checkup.packs.yaml_reader import Fault, Node, PackFaults, Reader


def load_pack(folder: Path) -> Pack:
    """The frozen pack. Raises: PackFaults with file and line of each fault."""
    faults: list[Fault] = []
    main = Reader(folder / "pack.yaml", faults)
    main.keys(
        main.root, "id version jurisdiction effective title profile grades domains laws model stretch ladder", "pack"
    )
    names = main.words(main.root, "domains")
    domains = tuple(parsing.parse_domain(Reader(folder / f"{name}.yaml", faults)) for name in names)
    pack = _pack(main, domains, _hash(folder, names))
    if not faults:
        faults += [locate(folder, owner, message) for owner, message in linting.faults(pack)]
    if faults:
        raise PackFaults(faults)
    return pack


def _hash(folder: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name in ("pack", *names):
        file = folder / f"{name}.yaml"
        digest.update(name.encode() + b"\0" + (file.read_bytes() if file.is_file() else b"") + b"\0")
    return digest.hexdigest()


def _pack(main: Reader, domains: tuple[Domain, ...], content_hash: str) -> Pack:
    root = main.root
    given = root.get("laws")
    laws = given if isinstance(given, Node) else Node()
    model = read_model(main)
    return Pack(
        id=main.word(root, "id"),
        version=main.word(root, "version"),
        hash=content_hash,
        jurisdiction=main.word(root, "jurisdiction"),
        effective_on=main.date(root, "effective"),
        title=main.text(root, "title"),
        profile=tuple(_profile_field(main, node) for node in main.nodes(root, "profile")),
        grades=_grades(main),
        domains=tuple(suit(domain, model) for domain in domains),
        laws={law: _law(main, laws, law) for law in laws},
        model=model,
    )


def _law(main: Reader, laws: Node, law: str) -> Law:
    node = laws[law] if isinstance(laws[law], Node) else Node()
    main.keys(node, "zh-Hans en from until successor", "law")
    return Law(
        title=main.text(laws, law),
        from_=main.date(node, "from") if "from" in node else None,
        until=main.date(node, "until") if "until" in node else None,
        successor=main.text(node, "successor") if "successor" in node else None,
    )


def _profile_field(main: Reader, node: Node) -> ProfileField:
    kind = main.word(node, "type", ("choice", "number"))
    return ProfileField(main.word(node, "id"), "number" if kind == "number" else "choice", main.words(node, "options"))


def _grades(main: Reader) -> dict[str, float]:
    node = main.root.get("grades")
    grades = node if isinstance(node, Node) else Node()
    limits = [main.number(grades, grade, 0, 100, 0) or 0.0 for grade in GRADES[:-1]]
    if limits != sorted(limits, reverse=True) or len(set(limits)) != len(limits):
        main.fault(main.root, "grades: A, B, C and D must be given, falling")
    return dict(zip(GRADES, limits, strict=False))


def locate(folder: Path, owner: str, message: str) -> Fault:
    """The line on which the question or risk begins; a copy of a group is written where the group is."""
    written = re.sub(r"-[2-5]$", "", owner)
    begins = re.compile(
        rf"^\s*-?\s*\{{?\s*(?:- )?id:\s*['\"]?(?:{re.escape(owner)}|{re.escape(written)})['\"]?\s*(?:[,}}#].*)?$"
    )
    for file in sorted(folder.glob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if begins.match(line):
                return Fault(file.name, number, message)
    return Fault("pack.yaml", 1, message)
