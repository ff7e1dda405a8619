"""Where life repeats (each lease, each loan, each dispute): a group's questions and risks are written once. Pure.

`repeats: [{id, most, more, label}]` names a group; questions and risks carry `repeat: <id>`. For the second and each
further time up to `most`, they are copied as `<id>-2`, `<id>-3` …, asked only after the `more` question of the time
before was answered yes. So routing and scoring need to know nothing of repetition.
"""

from typing import Any

from checkup.packs.yaml_reader import LANGUAGES, Node, Reader

_MOST = 5


def repeated(reader: Reader) -> tuple[list[Node], list[Node]]:
    """The questions and risks of a domain file, with each group's copies behind the group."""
    questions, risks = reader.nodes(reader.root, "questions"), reader.nodes(reader.root, "risks")
    groups = reader.nodes(reader.root, "repeats")
    for group in groups:
        questions, risks = _expand(reader, group, questions, risks)
    known = {str(group.get("id")) for group in groups}
    for node in (*questions, *risks):
        if "repeat" in node and str(node["repeat"]) not in known:
            reader.fault(node, f"{node.get('id')}: there is no repeat group {node['repeat']}")
    return questions, risks


def _expand(reader: Reader, group: Node, questions: list[Node], risks: list[Node]) -> tuple[list[Node], list[Node]]:
    reader.keys(group, "id most more label", "repeat group")
    group_id, more = reader.word(group, "id"), reader.word(group, "more")
    most = int(reader.number(group, "most", 2, _MOST, 2) or 2)
    label = reader.text(group, "label")
    members = [q for q in questions if q.get("repeat") == group_id]
    names = {str(q.get("id")) for q in members} | {str(r.get("id")) for r in risks if r.get("repeat") == group_id}
    if more not in names:
        reader.fault(group, f"{group_id}: {more} is not a question of the group")
        return questions, risks
    asked, rated = list(questions), list(risks)
    place = asked.index(members[-1]) + 1
    for time in range(2, most + 1):
        before = more if time == 2 else f"{more}-{time - 1}"
        copy = _Copy(
            names, time, before, {language: label[language].replace("{n}", str(time)) for language in LANGUAGES}
        )
        is_last = time == most
        copies = [copy.question(q) for q in members if not (is_last and q.get("id") == more)]
        asked[place:place] = copies
        place += len(copies)
        rated += [copy.risk(r) for r in risks if r.get("repeat") == group_id]
    return asked, rated


class _Copy:
    """One further time of a group: ids get its number, texts its label, conditions hang on the time before."""

    def __init__(self, names: set[str], time: int, before: str, label: dict[str, str]) -> None:
        self.names, self.time, self.before, self.label = names, time, before, label

    def question(self, node: Node) -> Node:
        copy: Node = self._renamed(node)
        copy["text"] = self._labelled(node.get("text"))
        copy["ask"] = self._again(copy.get("ask", True))
        copy.pop("express", None)
        return copy

    def risk(self, node: Node) -> Node:
        copy: Node = self._titled(self._renamed(node))
        copy["applies"] = self._again(copy.get("applies", True))
        return copy

    def _again(self, condition: Any) -> Node:
        once_more = Node({"is": [self.before, "yes"]})
        return once_more if condition is True else Node({"all": [once_more, condition]})

    def _labelled(self, text: Any) -> Any:
        if not isinstance(text, Node):
            return text
        return Node(
            {
                language: f"{self.label[language]}：{words}" if language != "en" else f"{self.label[language]}: {words}"
                for language, words in text.items()
                if language in LANGUAGES
            }
        )

    def _titled(self, value: Any) -> Any:
        """Every title in a risk, also that of a case, a level or a variant, with the label."""
        if isinstance(value, list):
            return [self._titled(inner) for inner in value]
        if not isinstance(value, Node):
            return value
        made = Node({key: self._labelled(v) if key == "title" else self._titled(v) for key, v in value.items()})
        made.line = value.line
        return made

    def _renamed(self, value: Any) -> Any:  # a tree of YAML in, the same tree out
        if isinstance(value, Node):
            made = Node({key: self._renamed(inner) for key, inner in value.items()})
            made.line = value.line
            return made
        if isinstance(value, list):
            return [self._renamed(inner) for inner in value]
        return f"{value}-{self.time}" if value in self.names else value
