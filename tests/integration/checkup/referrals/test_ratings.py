"""What owners make of a body: kept by each, told of crowds alone; and the numbers of its work."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from checkup.referrals import ratings
from checkup.referrals.models import ReferralRating
from checkup.referrals.numbers import read_told, read_work
from checkup.referrals.ratings import Given, Tally
from checkup.referrals.states import HANDLED, RATED
from cloud.releases.bodies import tell_body
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tests.bodies import find_body, scope_of
from tests.erased import erase_in_full, finish
from tests.factories import make_case, owner_scope, worker_scope
from tests.referring import CHIEF, refer, take_steps
from webapp.tasks.referrals import count_bodies

ENDS = ("accept", "begin", "close:done")


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


def rate(case, referral_id, helped, kind):
    with unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": referral_id}
        return ratings.rate(session, given=Given(helped, kind), now=now(), **ids)


def tally(case):
    with unit_of_work(worker_scope(case)) as session:
        return ratings.tally_firm(session, firm_id=case.firm_id, year=city_day(now()).year).get(
            find_body("和商").id, Tally()
        )


def work_of_the_body():
    year = city_day(now()).year
    with unit_of_work(scope_of(CHIEF)) as session:
        return read_work(session, first=dt.date(year, 1, 1), after=dt.date(year + 1, 1, 1))


def tell(year, *firms):
    """What the chief of the body reads after such a night. Each firm: businesses, done, content; all have rated."""
    body = find_body("和商").id
    held = {
        f"firm {number}": Tally(
            many, Counter({"done": done, "not_done": many - done}), Counter({"well": well, "not_well": many - well})
        )
        for number, (many, done, well) in enumerate(firms)
    }
    with unit_of_work(Scope(Audience.WORKER)) as session:
        tell_body(session, provider_id=body, year=year, firms=held, now=now())
    with unit_of_work(scope_of(CHIEF)) as session:
        return dict(read_told(session, [body], year))


def test_only_what_has_ended_is_rated_and_the_newer_rating_holds(settings, case):
    referral_id = refer(settings, case)
    with pytest.raises(Conflict):
        rate(case, referral_id, 5, 5)
    take_steps(settings, referral_id, *ENDS)
    rate(case, referral_id, 5, 5)
    assert rate(case, referral_id, 2, 5).helped == 2


def test_of_each_business_its_newest_matter_counts(settings, case):
    before = tally(case)
    for topic, outcome, mark in (("own:debt", "failed", 1), ("own:lease", "done", 5)):
        referral_id = refer(settings, case, topic=topic)
        take_steps(settings, referral_id, "accept", "begin", f"close:{outcome}")
        rate(case, referral_id, mark, mark)
    after = tally(case)
    assert after.businesses - before.businesses == 1
    assert (after.handled - before.handled, after.rated - before.rated) == (Counter(done=1), Counter(well=1))


def test_the_nightly_job_tells_nothing_of_one_owner(settings, case):
    take_steps(settings, refer(settings, case), *ENDS)
    assert count_bodies(settings) == 0


def test_neither_the_body_nor_a_bureau_reads_a_rating(settings, case):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, *ENDS)
    rate(case, referral_id, 1, 1)
    for scope in (scope_of(CHIEF), Scope(Audience.BUREAU, bureau_id=find_body("和商").bureau_id)):
        with pytest.raises(ProgrammingError, match="denied"), unit_of_work(scope) as session:
            session.execute(text("SELECT helped FROM referral_rating"))


def test_of_few_owners_nothing_is_told(settings):
    assert tell(2031, (9, 9, 9)) == {}


def test_of_many_what_ten_and_more_have_said(settings):
    told = tell(2032, (30, 25, 20), (30, 25, 20))
    assert told["", ""] == 60
    assert told[HANDLED, "done"] == 50
    assert told[RATED, "well"] == 40


def test_one_owner_more_changes_nothing_that_is_told(settings):
    assert tell(2033, (30, 25, 20), (30, 25, 20)) == tell(2033, (30, 25, 20), (31, 26, 21))


def test_a_body_counts_its_own_work(settings, case):
    before = work_of_the_body()
    take_steps(settings, refer(settings, case), *ENDS)
    take_steps(settings, refer(settings, case, topic="own:lease"), "decline:no_room")
    after = work_of_the_body()
    assert after.sent - before.sent == 2
    assert Counter(after.ended) - Counter(before.ended) == Counter(done=1, declined=1)
    assert after.days is not None


def test_with_the_case_its_rating_is_gone(settings, case):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, *ENDS)
    rate(case, referral_id, 4, 4)
    erase_in_full(case)
    finish(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        assert session.get(ReferralRating, (case.firm_id, referral_id)) is None
