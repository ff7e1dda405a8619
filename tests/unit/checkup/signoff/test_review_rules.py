from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkup.signoff.content import Content, Said, Words, signed_hash
from checkup.signoff.differences import Change, changes_between, in_short, marked
from checkup.signoff.rules import decision_faults, is_undecided, needs_partner


@dataclass
class Found:
    colour: str
    state: str = "found"
    lawyer_action: str | None = None


CONTENT = Content(
    checkup="c",
    pack=("p", "1", "h"),
    score=(71.5, 60.0, 80.0, "C"),
    answers="a",
    findings=(Said("r1", 0.8, "confirm", 0.8), Said("r2", 0.5, "change", 0.2, Words("看过合同", "专业", "大白话"))),
    advice="先补合同",
)


@pytest.mark.parametrize(
    ("colours", "is_junior", "is_partner", "needed"),
    [
        (("yellow",), False, False, False),
        (("yellow",), True, False, True),
        (("red", "yellow"), False, False, True),
        (("red",), False, True, False),
        (("red",), True, True, True),
        ((), False, False, False),
    ],
)
def test_a_partner_signs_after_juniors_and_under_red_findings(colours, is_junior, is_partner, needed):
    assert needs_partner(map(Found, colours), is_junior=is_junior, is_partner=is_partner) is needed


def test_a_red_finding_that_was_ruled_out_needs_a_partner_all_the_more():
    assert needs_partner([Found("red", lawyer_action="dismiss")], is_junior=False, is_partner=False)


def test_what_the_answers_leave_open_needs_no_decision():
    assert not is_undecided(Found("grey", state="possible"))
    assert is_undecided(Found("yellow"))


@pytest.mark.parametrize(
    ("action", "likelihood", "words", "fields"),
    [
        ("confirm", None, Words(), []),
        ("change", 0.3, Words("已看"), []),
        ("change", 1.2, Words("已看"), ["likelihood"]),
        ("change", float("nan"), Words("已看"), ["likelihood"]),
        ("dismiss", None, Words(), ["reason"]),
        ("delete", None, Words("x"), ["action"]),
        ("confirm", None, Words(plain="字" * 5001), ["plain"]),
    ],
)
def test_a_decision_is_whole_or_says_what_is_missing(action, likelihood, words, fields):
    assert [fault.field for fault in decision_faults(action, likelihood, words)] == fields


def test_a_content_comes_back_as_it_was():
    assert Content.from_bytes(CONTENT.to_bytes()) == CONTENT


def test_the_hash_covers_content_edition_and_both_signers():
    one = signed_hash(CONTENT, edition=1, signers=["a"])
    others = {
        signed_hash(replace(CONTENT, advice="另写"), edition=1, signers=["a"]),
        signed_hash(CONTENT, edition=2, signers=["a"]),
        signed_hash(CONTENT, edition=1, signers=["a", "b"]),
    }
    assert one not in others
    assert len(others) == 3


def test_against_the_machine_a_plain_confirmation_is_no_change():
    fields = [(c.risk, c.field, c.became) for c in changes_between(None, CONTENT)]
    assert fields == [
        ("r2", "decision", "change:0.20"),
        ("r2", "reason", "看过合同"),
        ("r2", "text", "专业"),
        ("r2", "plain", "大白话"),
        (None, "advice", "先补合同"),
    ]


def test_between_editions_only_what_differs_is_told():
    later = replace(
        CONTENT, findings=(replace(CONTENT.findings[0], action="dismiss", likelihood=0.0), CONTENT.findings[1])
    )
    assert changes_between(CONTENT, later) == (Change("r1", "decision", "confirm", "dismiss"),)
    assert changes_between(CONTENT, CONTENT) == ()


def test_the_owner_gets_one_line_per_finding():
    changes = changes_between(None, CONTENT)
    assert in_short(changes) == (("r2", "confirm", "change:0.20"), (None, "", ""))


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_pieces_give_both_texts_back(was, became):
    pieces = marked(was, became)
    assert "".join(text for kind, text in pieces if kind != "new") == was
    assert "".join(text for kind, text in pieces if kind != "gone") == became
