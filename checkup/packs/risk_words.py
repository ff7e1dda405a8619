"""Words that follow the answer, read from a risk: by the case that held, or by how likely it is. Pure."""

from checkup.packs.values import Level, Words
from checkup.packs.yaml_reader import Node, Reader

_KEYS = ("title", "consequence", "remedy")


def _words(reader: Reader, node: Node) -> Words | None:
    given = {key: reader.text(node, key) for key in _KEYS if key in node}
    return Words(**given) if given else None


def case_words(reader: Reader, node: Node) -> dict[str, Words]:
    """Of a case: its own words, under "". Of a risk: option of the table → the words for it."""
    if "words" not in node:
        own = _words(reader, node)
        return {"": own} if own and "when" in node else {}
    found: dict[str, Words] = {}
    for one in reader.nodes(node, "words"):
        words = _words(reader, one)
        found |= {option: words for option in reader.words(one, "answer") if words}
    return found


def levels(reader: Reader, node: Node) -> tuple[Level, ...]:
    """`words: [{below: 0.3, title: …}]`, the lowest bound first; faults of every entry are named here."""
    found = []
    for one in reader.nodes(node, "words"):
        reader.keys(one, "below answer title consequence remedy", "words")
        words = _words(reader, one)
        if words is None or ("below" in one) == ("answer" in one):
            reader.fault(one, "words: give `below` or `answer`, and a title, consequence or remedy")
        elif "below" in one:
            found.append(Level(reader.number(one, "below", 0.0001, 1, 1) or 1.0, words))
    return tuple(sorted(found, key=lambda level: level.below))
