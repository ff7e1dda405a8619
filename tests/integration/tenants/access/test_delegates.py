"""A delegate reads a case by what its owner asked alone, in SQL: after its end nothing, and never a score."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.checkups import get_checkup
from checkup.delegates.accepting import accept, leave
from checkup.delegates.asking import ask, end
from checkup.delegates.delegation_rules import LONGEST, OWNERS_WORD
from checkup.delegates.models import Delegation
from checkup.owner.erasure import erase_checkup
from checkup.owner.transfer import move_to_firm
from demo.city import demo_id
from tenants.access.matrix import MATRIX
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Invalid, NotFound
from tenants.models import Business
from tenants.phones import phone_digest
from tests.delegating import ask_somebody, asked_for, delegate_draft, draft, person_of
from tests.factories import make_case, owner_scope

OWN = ("person", "delegate_duty")
OF_A_CASE = [
    table
    for table, cells in MATRIX.items()
    if any(one.audience is Audience.DELEGATE and "SELECT" in one.verbs for one in cells) and table not in OWN
]
NOTHING = dict.fromkeys(OF_A_CASE, 0)
PHONES = (f"1350000{number:04d}" for number in range(1000))


def counts(scope):
    """Table → rows that this scope reads."""
    found = {}
    for table in OF_A_CASE:
        with unit_of_work(scope) as work:
            found[table] = work.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return found


def seen(scope):
    return {table for table, count in counts(scope).items() if count}


@pytest.fixture
def delegated(settings):
    """A draft, and a delegate who helps nobody else."""
    return delegate_draft(settings, phone=next(PHONES))


@pytest.fixture(scope="module")
def signed(settings):
    case = make_case(settings, "signed", seed=5)
    return case, owner_scope(case)


def test_areas_open_draft_answers_and_key_and_nothing_of_the_rest(delegated):
    opened = {"delegation", "checkup", "answers", "case_key", "business", "firm"}
    assert seen(delegated.delegate) == opened


def test_what_was_not_accepted_shows_the_asking_alone(settings):
    asked = delegate_draft(settings, phone=next(PHONES), accepts=False)
    assert seen(asked.delegate) == {"delegation"}


def test_a_stranger_with_another_phone_reads_nothing(settings, delegated):
    assert counts(Scope(Audience.DELEGATE, person_id=person_of(settings, next(PHONES)))) == NOTHING


def test_things_to_do_open_no_answers_and_no_messages(settings, signed):
    case, owner = signed
    asked = ask_somebody(settings, owner, case.checkup_id, phone=next(PHONES), areas=(), fixes=True)
    assert seen(asked.delegate) >= {"fix", "finding", "fix_event", "case_key"}
    assert seen(asked.delegate).isdisjoint({"answers", "case_message"})


def test_answers_are_closed_once_they_are_handed_in(settings, signed):
    case, owner = signed
    asked = ask_somebody(settings, owner, case.checkup_id, phone=next(PHONES), areas=("tax",))
    assert "answers" not in seen(asked.delegate)


def test_the_owners_word_ends_it_in_the_same_instant(delegated):
    by = Actor(delegated.owner.person_id, "店主本人")
    told = {"checkup_id": delegated.checkup_id, "delegation_id": delegated.delegation_id, "by": by}
    with unit_of_work(delegated.owner) as work:
        end(work, why=OWNERS_WORD, now=now(), **told)
    assert counts(delegated.delegate) == NOTHING


def test_the_day_ends_it(delegated, clock_at):
    clock_at(now() + dt.timedelta(days=91))
    assert counts(delegated.delegate) == NOTHING


def test_erasure_ends_it_and_leaves_no_name_phone_or_link(delegated, admin_rows):
    with unit_of_work(delegated.owner) as work:
        by = Actor(delegated.owner.person_id, "店主本人")
        erase_checkup(work, checkup_id=delegated.checkup_id, asked_by="owner", by=by, now=now())
    assert counts(delegated.delegate) == NOTHING
    row = admin_rows(
        "SELECT name, shop, phone_digest, invitation_digest, ended_why FROM delegation WHERE id = :id",
        id=delegated.delegation_id,
    )
    assert [tuple(one) for one in row] == [("", "", "", "", "erased")]


def test_her_own_word_ends_it(delegated):
    with unit_of_work(delegated.delegate) as work:
        found = work.query(Delegation).one()
        work.expunge(found)
    with unit_of_work(delegated.owner) as work:
        leave(work, found=found, person_id=delegated.person_id, now=now())
    assert counts(delegated.delegate) == NOTHING


def test_at_the_firm_to_which_the_record_moves_it_goes_on(settings, delegated):
    with unit_of_work(delegated.owner) as work:
        row = get_checkup(work, delegated.checkup_id, settings.keyring(), lock=False).row
        business = work.get_one(Business, (row.firm_id, row.business_id))
        business.name, business.district = "王姐面馆", "310113"
    with unit_of_work(delegated.owner) as work:
        by = Actor(delegated.owner.person_id, "店主本人")
        moved = move_to_firm(
            work, scope=delegated.owner, checkup_id=delegated.checkup_id, to_firm=demo_id("hubin"), by=by,
            keys=settings.keyring(), now=now(),
        )  # fmt: skip
    with unit_of_work(delegated.delegate) as work:
        assert [one.checkup_id for one in work.query(Delegation)] == [moved.id]


def test_an_invitation_is_accepted_once(settings, delegated):
    with pytest.raises(NotFound), unit_of_work(delegated.delegate) as work:
        accept(work, delegation_id=delegated.delegation_id, person_id=delegated.person_id, now=now())


def test_without_a_yes_to_secrecy_nothing_runs(settings):
    asked = delegate_draft(settings, phone=next(PHONES), accepts=False)
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(asked.delegate) as work:
        work.execute(text("UPDATE delegation SET delegate_id = app_person(), accepted_at = app_now()"))


def test_her_own_phone_is_refused(settings):
    owner, checkup_id = draft(settings)
    with unit_of_work(owner) as work:
        work.execute(
            text("UPDATE person SET phone_digest = :it WHERE id = app_person()"),
            {"it": phone_digest("13400134000", settings.pepper)},
        )
    with pytest.raises(Invalid) as refused:
        ask_again(settings, owner, checkup_id, "13400134000")
    assert refused.value.faults[0].code == "own_phone"


def test_the_same_phone_is_asked_once_at_a_time(settings, delegated):
    phone = next(PHONES)
    ask_again(settings, delegated.owner, delegated.checkup_id, phone)
    with pytest.raises(Invalid) as refused:
        ask_again(settings, delegated.owner, delegated.checkup_id, phone)
    assert refused.value.faults[0].code == "asked_already"


def test_who_ran_out_is_asked_anew(settings, clock_at):
    asked = delegate_draft(settings, phone=(phone := next(PHONES)))
    clock_at(now() + LONGEST)
    ask_again(settings, asked.owner, asked.checkup_id, phone)


def test_ten_are_enough(settings):
    owner, checkup_id = draft(settings)
    for _ in range(10):
        ask_again(settings, owner, checkup_id, next(PHONES))
    with pytest.raises(Invalid) as refused:
        ask_again(settings, owner, checkup_id, next(PHONES))
    assert refused.value.faults[0].code == "too_many"


def ask_again(settings, owner, checkup_id, phone):
    with unit_of_work(owner) as work:
        ask(
            work, checkup_id=checkup_id, asked=asked_for(), shop="王姐面馆",
            phone_digest=phone_digest(phone, settings.pepper), by=Actor(owner.person_id, "店主本人"), now=now(),
        )  # fmt: skip


@pytest.mark.parametrize("column", ["score", "grade", "light", "held_by", "finding_count", "next_due", "domains"])
def test_no_column_of_a_result_is_granted(delegated, column):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(delegated.delegate) as work:
        work.execute(text(f"SELECT {column} FROM checkup"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE delegation SET ends_at = ends_at + interval '1 year'",
        "UPDATE delegation SET areas = 'tax con'",
        "UPDATE delegation SET reads_messages = true",
        "INSERT INTO delegation SELECT * FROM delegation",
        "UPDATE checkup SET owner_id = owner_id",
        "UPDATE fix SET state = 'accepted'",
        "INSERT INTO case_message SELECT * FROM case_message",
        "SELECT * FROM consent",
        "SELECT * FROM scope_letter",
        "SELECT famai_defer('render_report', '{}'::jsonb)",
        "UPDATE person SET phone_digest = ''",
    ],
)
def test_what_is_the_owners_her_role_cannot_do(delegated, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(delegated.delegate) as work:
        work.execute(text(statement))
