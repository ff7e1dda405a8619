"""What owners made of a firm, for its card: told of crowds alone, by the rule of a release."""

from collections import Counter

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from checkup.owner import ratings
from checkup.owner.ratings import Given, Tally
from cloud.releases.firm_ratings import tell_firm
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from tests.factories import make_case, owner_scope
from webapp.tasks.reviewing import count_ratings

pytestmark = pytest.mark.usefixtures("settings")


def tally(firm_id):
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        return ratings.tally_firm(session, firm_id=firm_id)


def rate(settings, case, mark):
    with unit_of_work(owner_scope(case)) as session:
        given = Given(mark, 5, 5, "")
        ratings.rate(session, checkup_id=case.checkup_id, given=given, keys=settings.keyring(), now=now())


def tell(slug, well, not_well, unrated=0):
    """What the card of the firm says after such a night."""
    counted = Tally(well + not_well + unrated, Counter(well=well, not_well=not_well))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm = tell_firm(session, firm_id=demo_id(slug), tally=counted)
        return firm.rated_well, firm.rated_not_well


def test_each_business_counts_once_and_one_answer_below_four_is_not_content(settings):
    before = tally(demo_id("jiangwan"))
    for seed, mark in ((41, 5), (42, 4), (43, 3), (44, None)):
        case = make_case(settings, "signed", firm="jiangwan", seed=seed)
        if mark is not None:
            rate(settings, case, mark)
    after = tally(demo_id("jiangwan"))
    assert after.businesses - before.businesses == 4
    assert after.rated - before.rated == Counter(well=2, not_well=1)


def test_a_checkup_that_is_not_signed_counts_nothing(settings):
    before = tally(demo_id("jiangwan"))
    make_case(settings, "submitted", firm="jiangwan", seed=45)
    assert tally(demo_id("jiangwan")) == before


def test_of_few_owners_nothing_is_told():
    assert tell("hubin", 9, 9) == (None, None)


def test_of_many_what_ten_and_more_have_said():
    assert tell("jiangwan", 25, 12, 20) == (25, 12)


def test_the_few_who_were_not_content_are_not_told():
    assert tell("suzhouhe", 25, 4, 8) == (25, None)


def test_one_owner_more_changes_nothing_that_is_told():
    assert tell("jiangwan", 25, 12, 20) == tell("jiangwan", 26, 12, 20)


def test_the_nightly_job_tells_nothing_of_one_owner(settings):
    rate(settings, make_case(settings, "signed", seed=46), 5)
    count_ratings(settings)
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        assert session.get_one(Firm, demo_id("hubin")).rated_well is None


@pytest.mark.parametrize("audience", [Audience.FIRM, Audience.BUREAU, Audience.OWNER])
def test_nobody_but_the_worker_says_how_a_firm_is_rated(audience):
    scope = Scope(audience, demo_id("hubin"), demo_id("hubin:1"))
    with pytest.raises(ProgrammingError, match="denied"), unit_of_work(scope) as session:
        session.execute(text("UPDATE firm SET rated_well = 100"))
