"""Reports of the golden businesses, without a city: what a page or a paper is made of."""

import dataclasses
from functools import cache

import yaml

from checkup.packs.catalogue import PACK, get_pack
from checkup.report.building import Signed, build_report
from checkup.report.values import Letterhead, Report
from checkup.scoring.answers_file import parse_answers
from checkup.scoring.model import score
from checkup.scoring.opportunities import find_opportunities
from tests.places import ROOT

SHIPPED = get_pack(PACK)
NOODLES = sorted(file.stem for file in (ROOT / "tests/golden").glob("noodle-*.yaml"))
LETTERHEAD = Letterhead(
    name="上海沪滨律师事务所",
    name_en="Hubin Law Firm, Shanghai",
    licence_number="31310000MD0123456X",
    address="上海市宝山区友谊路1号3楼",
    phone="021-56780000",
    logo="",
)


@cache
def golden_report(name: str, locale: str = "zh-Hans", *, is_signed: bool = True, **changed: object) -> Report:
    """The report of a golden business on its day, in any field otherwise (`changed`)."""
    story = yaml.safe_load((ROOT / f"tests/golden/{name}.yaml").read_text(encoding="utf-8"))
    given = parse_answers(SHIPPED, {key: story[key] for key in ("profile", "answers", "today")})
    report = build_report(
        pack=SHIPPED,
        score=score(SHIPPED, given.profile, given.answers, today=given.today),
        profile=given.profile,
        answers=given.answers,
        is_express=False,
        locale=locale,
        business_name="王姐面馆",
        letterhead=LETTERHEAD,
        rights=find_opportunities(SHIPPED, given.profile, given.answers),
        decided={},
        advice="",
        submitted_on=given.today,
        signed=Signed("陈晓", "周敏", 1, given.today, "FM26ABCDEFGHJK") if is_signed else None,
        public_url="https://famai.example",
        today=given.today,
    )
    return dataclasses.replace(report, **changed)
