"""How a pack scores, read from its `pack.yaml`, and what its model makes of conditions and tables. Pure."""

from dataclasses import replace

from checkup.packs.conditions import push_negation
from checkup.packs.values import GRADES, MODEL_1, Domain, Model, Question, Risk, Rung
from checkup.packs.yaml_reader import Node, Reader

_FINDING_FROM, _ENOUGH_FROM = 0.3, 0.6


def read_model(main: Reader) -> Model:
    """Model 1 where the pack names none; model 2 with the pack's own stretch and ladder."""
    root = main.root
    if int(main.number(root, "model", 1, 2, 1) or 1) == 1:
        for key in root.keys() & {"stretch", "ladder"}:
            main.fault(root, f"{key} belongs to model 2")
        return MODEL_1
    stretch = main.number(root, "stretch", 1, 100, 1) or 1.0
    if "stretch" not in root or not stretch.is_integer():
        main.fault(root, "stretch: give a whole number from 1 to 100")
    rungs = tuple(_rung(main, node) for node in main.nodes(root, "ladder"))
    if not rungs:
        main.fault(root, "ladder: model 2 needs its rungs")
    if len({rung.id for rung in rungs}) != len(rungs) or "points" in {rung.id for rung in rungs}:
        main.fault(root, "ladder: each rung needs an id of its own, and `points` is taken")
    return Model(2, int(stretch), rungs, _FINDING_FROM, _ENOUGH_FROM)


def _rung(main: Reader, node: Node) -> Rung:
    main.keys(node, "id at_most severity count likelihood", "rung")
    severities = tuple(int(one) for one in main.words(node, "severity") if one in ("1", "2", "3", "4", "5"))
    if not severities:
        main.fault(node, "severity: give one or more of 1 to 5")
    return Rung(
        id=main.word(node, "id"),
        at_most=main.word(node, "at_most", GRADES[1:]),
        severities=severities,
        count=int(main.number(node, "count", 1, 1000, 1) or 1),
        likelihood=main.number(node, "likelihood", 0.0001, 1, 0.5) or 0.5,
    )


def suit(domain: Domain, model: Model) -> Domain:
    """The domain as its model reads it: from model 2 on an off-path question makes `not` false as well, and an open
    question of a table leaves only what the table says."""
    if model.number == 1:
        return replace(domain, risks=tuple(replace(risk, table=None) for risk in domain.risks))
    return replace(
        domain,
        questions=tuple(_question(question) for question in domain.questions),
        risks=tuple(_risk(risk) for risk in domain.risks),
        opportunities=tuple(replace(one, when=push_negation(one.when)) for one in domain.opportunities),
    )


def _question(question: Question) -> Question:
    return replace(question, ask=push_negation(question.ask))


def _risk(risk: Risk) -> Risk:
    return replace(
        risk,
        applies=push_negation(risk.applies),
        cases=tuple(replace(case, when=push_negation(case.when)) for case in risk.cases),
        urgent=push_negation(risk.urgent),
        exists=None if risk.exists is None else push_negation(risk.exists),
    )
