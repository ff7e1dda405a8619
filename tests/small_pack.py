"""A whole pack of one domain, small enough to read in a test."""

from pathlib import Path

_MAIN = """
id: small
version: '1'
jurisdiction: CN
effective: 2026-11-28
title: {zh-Hans: 小, en: Small}
profile:
- {id: staff, type: number}
- {id: trade, type: choice, options: [retail, catering]}
model: 2
grades: {A: 90, B: 75, C: 60, D: 40}
stretch: 4
ladder:
- {id: serious, at_most: B, severity: 3, count: 1}
- {id: grave, at_most: C, severity: 4, count: 1}
- {id: suspected, at_most: C, severity: [4, 5], count: 5, likelihood: 0.3}
- {id: ruinous, at_most: D, severity: 5, count: 1}
domains: [shop]
laws:
  old-law: {zh-Hans: 旧法, en: Old Law, until: 2026-12-31}
  new-law: {zh-Hans: 新法, en: New Law, from: 2027-01-01}
  law: {zh-Hans: 法, en: Law}
"""
_QUESTION = "text: {zh-Hans: 问, en: Ask}, why: {zh-Hans: 因, en: Why}, example: {zh-Hans: 例, en: For example}"
_RISK = (
    "severity_why: {zh-Hans: 因, en: Why}, basis: [{law: law, article: ['1'], version: 2020-01-01}],"
    " consequence: {zh-Hans: 罚, en: You may be fined.}, remedy: {zh-Hans: 改, en: Mend it}, effort: 1, provider: none"
)
QUESTIONS = f"""
- {{id: has, type: many, {_QUESTION}, express: true, options: [{{id: scale, text: {{zh-Hans: 秤, en: Scale}}}}, {{id: none, text: {{zh-Hans: 没有, en: None}}}}]}}
- {{id: does, type: many, {_QUESTION}, options: [{{id: tested, text: {{zh-Hans: 送检, en: Tested}}}}, {{id: none, text: {{zh-Hans: 没有, en: None}}}}]}}
- {{id: often, type: choice, {_QUESTION}, options: [{{id: always, text: {{zh-Hans: 每次, en: Always}}}}, {{id: mostly, text: {{zh-Hans: 多数, en: Mostly}}}}, {{id: never, text: {{zh-Hans: 从不, en: Never}}}}]}}
"""  # noqa: E501
RISKS = f"""
- {{id: untested, title: {{zh-Hans: 没送检, en: Untested}}, severity: 4, applies: {{has: [has, scale]}}, exists: {{has: [has, scale]}}, likelihood: {{cases: [{{when: {{not: {{has: [does, tested]}}}}, is: 0.6}}], otherwise: 0}}, {_RISK}}}
- {{id: rarely, title: {{zh-Hans: 不做, en: Not done}}, severity: 2, likelihood: {{question: often, table: {{always: 0, mostly: 0.4, never: 0.9}}}}, words: [{{answer: mostly, title: {{zh-Hans: 有时不做, en: Sometimes not}}}}], {_RISK}}}
"""  # noqa: E501


def write_small_pack(folder: Path, **changes: str) -> Path:
    """The pack in a folder, with each old text replaced; a text that is not there is a mistake in the test.

    `changes`: any name → `old => new`.
    """
    main, domain = _MAIN, f"id: shop\nname: {{zh-Hans: 店, en: Shop}}\nquestions:{QUESTIONS}\nrisks:{RISKS}\n"
    for change in changes.values():
        old, new = change.split(" => ")
        assert old in main + domain, old
        main, domain = main.replace(old, new, 1), domain.replace(old, new, 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(main, encoding="utf-8")
    (folder / "shop.yaml").write_text(domain, encoding="utf-8")
    return folder
