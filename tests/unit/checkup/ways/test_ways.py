"""Routes for disputes: data without a fault, mediation first, the limit told, the law of the day."""

import datetime as dt
from dataclasses import replace

from checkup.packs.catalogue import PACK, get_pack
from checkup.ways.loading import find_faults, list_disputes, list_keeps, list_keeps_of
from checkup.ways.values import bases_of, find_disputes

DISPUTES, SHOWN, DAY = list_disputes(PACK), get_pack(PACK), dt.date(2026, 11, 29)
ROUTES = {route.id: route for dispute in DISPUTES for route in dispute.routes}


def test_there_are_eight_routes_and_more_without_a_fault():
    assert find_faults(DISPUTES, SHOWN) == []
    assert len(ROUTES) >= 8


def test_each_dispute_begins_with_mediation_and_tells_its_limit():
    assert {dispute.routes[0].id for dispute in DISPUTES} == {"mediation"}
    assert all(dispute.limit["zh-Hans"] and dispute.basis for dispute in DISPUTES)


def test_what_is_wrong_is_named():
    debt = DISPUTES[0]
    bad = replace(
        debt,
        routes=debt.routes[1:],
        risks=("no.risk",),
        limit={"zh-Hans": "", "en": "A year"},
        basis={"no-law": ("1",)},
    )
    assert find_faults([bad], SHOWN) == [
        "debt: a text is missing",
        "debt: mediation is not first",
        "debt: no risk no.risk",
        "debt: the pack does not rest on no-law",
    ]


def test_what_reads_like_a_statute_is_named():
    bad = replace(
        DISPUTES[0], limit={"zh-Hans": "当事人应当自收到通知之日起办理。", "en": "The parties shall act. Soon."}
    )
    told = find_faults([bad], SHOWN)
    assert [one for one in told if "words of a statute" in one] == [
        "debt: words of a statute: shall", "debt: words of a statute: 当事人",
    ]  # fmt: skip
    long = replace(DISPUTES[0], limit={"zh-Hans": "长" * 41, "en": "Short."})
    assert any("too long" in one for one in find_faults([long], SHOWN))


def test_every_proof_that_goes_away_has_a_body_that_keeps_it_and_what_to_bring():
    assert find_faults([replace(DISPUTES[0], keeps=list_keeps(PACK))], SHOWN) == []
    assert {one.service for one in list_keeps_of(PACK, "notary", "")} == {"evidence", "debt-instrument"}
    assert {one.id for one in list_keeps_of(PACK, "appraisal", "goods")} == {"goods"}
    assert list_keeps_of(PACK, "mediation", "debt") == []


def test_the_dispute_of_the_weightiest_finding_comes_first():
    found = ["tax.no-books", "pre.repairs", "rec.no-papers"]
    assert [one.id for one in find_disputes(DISPUTES, found)] == ["lease", "debt"]
    assert find_disputes(DISPUTES, ["tax.no-books"]) == []


def test_each_citation_has_a_version_in_force_on_the_day():
    for part in (*DISPUTES, *ROUTES.values()):
        bases = bases_of(part.basis, SHOWN, DAY)
        assert {basis.law for basis in bases} == set(part.basis)
        assert all(basis.version_on <= DAY for basis in bases)
