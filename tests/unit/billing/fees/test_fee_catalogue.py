import datetime as dt

import pytest

from billing.books.money import Money
from billing.fees.catalogue import get_catalogue, read_catalogue
from billing.fees.pricing import NoPrice
from checkup.packs.yaml_reader import PackFaults

DAY = dt.date(2026, 11, 25)
GOOD = """
free: [{id: f, name: {zh-Hans: 免, en: Free}, source: {zh-Hans: 法, en: Law}}]
services:
  - id: s
    kind: contract_review
    by: firm
    name: {zh-Hans: 审, en: Review}
    prices:
      - {from: 2026-01-01, until: 2026-06-30, source: {zh-Hans: 价, en: List}, flat: "1.00"}
      - {from: 2026-07-01, source: {zh-Hans: 价, en: List}, flat: "2.00"}
"""


def price(service, given=""):
    return get_catalogue().services[service].price_on(DAY).rule.price(given)


@pytest.mark.parametrize(
    ("service", "given", "yuan"),
    [
        ("notarise-evidence", "", "800.00"),
        ("contract-review", "3", "900.00"),
        ("notarise-claim", "10000", "200.00"),  # 0.3 % would be 30: at least 200
        ("notarise-claim", "1,000,000", "3000.00"),
        ("notarise-claim", "1000000.01", "3000.00"),  # 0.25 % of a fen rounds to nothing
        ("arbitrate", "500", "100.00"),
        ("arbitrate", "60000", "2950.00"),  # 100 + 5 % of 49,000 + 4 % of 10,000
        ("representation", "50000", "2000.00"),
        ("representation", "9000000", "60000.00"),  # capped
        ("mediate-commercial", "0", "500.00"),
    ],
)
def test_a_price_is_calculated_to_the_fen(service, given, yuan):
    assert price(service, given).total == Money.parse(yuan)


def test_the_lines_of_a_calculation_add_up_to_its_total():
    for given in ("1", "999.99", "100000", "1234567.89", "99999999"):
        for service in ("notarise-claim", "arbitrate", "representation", "mediate-commercial"):
            found = price(service, given)
            assert sum(line.fen for line in found.lines) == found.total.amount_minor


@pytest.mark.parametrize(
    ("service", "given", "code"),
    [
        ("contract-review", "0", "out_of_units"),
        ("contract-review", "1.5", "not_a_whole_number"),
        ("contract-review", "", "not_a_whole_number"),
        ("contract-review", "-2", "not_a_whole_number"),
        ("arbitrate", "-5", "negative"),
        ("arbitrate", "0.001", "fraction_of_a_fen"),
        ("arbitrate", "much", "not_money"),
    ],
)
def test_what_cannot_be_priced_says_why(service, given, code):
    with pytest.raises(NoPrice) as refused:
        price(service, given)
    assert refused.value.code == code


def test_the_price_of_its_day_counts():
    service = get_catalogue().services["contract-review"]
    assert service.price_on(dt.date(2026, 6, 30)).rule.price("1").total == Money(25_000)
    assert service.price_on(dt.date(2026, 7, 1)).rule.price("1").total == Money(30_000)
    assert service.price_on(dt.date(2024, 12, 31)) is None


def test_the_law_stands_beside_what_is_free():
    sources = {one.id: one.source["en"] for one in get_catalogue().free}
    assert "art. 4" in sources["peoples-mediation"]
    assert "art. 53" in sources["labour-arbitration"]


def faults_of(tmp_path, text):
    file = tmp_path / "fees.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults) as refused:
        read_catalogue(file)
    return [str(fault) for fault in refused.value.faults]


def test_a_good_catalogue_is_read(tmp_path):
    file = tmp_path / "fees.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert set(read_catalogue(file).services) == {"s"}


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("until: 2026-06-30", "until: 2026-07-01", "two prices hold at once"),
        (", until: 2026-06-30", "", "two prices hold at once"),
        ("until: 2026-06-30", "until: 2025-06-30", "is before from"),
        ("by: firm", "by: nobody", "nobody is not one of"),
        ("kind: contract_review", "kind: magic", "magic is not one of"),
        ('flat: "1.00"', 'flat: "-1.00"', "negative"),
        ('flat: "1.00"', 'flat: "1.005"', "fraction_of_a_fen"),
        ('flat: "1.00"', "flat: 1.00", "not an amount in quotes"),
        ('flat: "1.00"', 'flat: "0"', "belongs under free"),
        ('flat: "1.00"', 'flat: "1.00", per_unit: "2"', "exactly one of"),
        ('flat: "1.00"', 'brackets: [{to: "5", percent: "1"}]', "has no `to`"),
        ('flat: "1.00"', 'brackets: [{to: "5", percent: "1"}, {to: "4", percent: "1"}, {percent: "1"}]', "end above"),
        ('flat: "1.00"', 'brackets: [{percent: "1.005"}]', "is not a share"),
        ('flat: "1.00"', 'brackets: [{percent: "101"}]', "is not a share"),
        ("name: {zh-Hans: 审, en: Review}", "name: {zh-Hans: 审}", "no text in en"),
        ("services:", "extra: 1\nservices:", "unknown key extra"),
    ],
)
def test_a_fault_of_the_catalogue_is_named_with_its_line(tmp_path, was, becomes, says):
    assert was in GOOD
    (found,) = [fault for fault in faults_of(tmp_path, GOOD.replace(was, becomes, 1)) if says in fault]
    assert found.startswith("fees.yaml:")


def test_every_fault_is_named_at_once(tmp_path):
    broken = GOOD.replace("by: firm", "by: nobody").replace('"1.00"', '"-1"').replace("en: Law", "fr: Loi")
    assert len(faults_of(tmp_path, broken)) >= 3
