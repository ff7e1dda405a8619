"""What a kiosk's device, a phone before its screen and those at the station reach in the database."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.sessions import token_digest
from tenants.stations.kiosks import find_device, pair, venue_digest
from tenants.stations.models import Kiosk, KioskVisit
from tenants.stations.visits import Visit, begin_visit, offer_handover, take_over
from tests.helping import HELPER, SEAT, help_somebody, scope_of
from tests.kiosks import make_kiosk, switch_off


def pinned(settings, email=HELPER):
    """A kiosk and what its device holds."""
    kiosk = make_kiosk(settings, email)
    digest = venue_digest(kiosk.code, settings.pepper)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
        token = pair(work, digest=digest, now=now())
    return kiosk, Scope(Audience.PUBLIC, token=token_digest(token))


@pytest.fixture
def visited(settings):
    """The same, with a visit; the secret of its square."""
    kiosk, device = pinned(settings)
    helped = help_somebody(settings)
    with unit_of_work(device) as work:
        begin_visit(work, kiosk.id, Visit(helped.owner_id, helped.checkup_id), now())
        return kiosk, device, offer_handover(work, kiosk.id, now())


def visits_seen(scope):
    with unit_of_work(scope) as work:
        return [one.kiosk_id for one in work.scalars(select(KioskVisit))]


def test_a_device_reads_its_own_kiosk_and_visit_alone(settings, visited):
    kiosk, device, _secret = visited
    _other, other_device = pinned(settings, SEAT)
    with unit_of_work(device) as work:
        assert [one.id for one in work.scalars(select(Kiosk))] == [kiosk.id]
    assert visits_seen(device) == [kiosk.id]
    assert visits_seen(other_device) == []
    with pytest.raises(ProgrammingError), unit_of_work(other_device) as work:
        begin_visit(work, kiosk.id, Visit(kiosk.id, kiosk.id), now())


@pytest.mark.parametrize("audience", [Audience.HELPER, Audience.BUREAU, Audience.FIRM, Audience.OWNER])
def test_nobody_at_work_reads_who_is_at_a_kiosk(audience, visited):
    with pytest.raises(ProgrammingError), unit_of_work(Scope(audience)) as work:
        work.execute(text("SELECT * FROM kiosk_visit"))


def test_a_helper_reads_the_kiosks_of_her_station_alone(settings):
    own, foreign = make_kiosk(settings, HELPER), make_kiosk(settings, SEAT)
    with unit_of_work(scope_of(HELPER)) as work:
        ids = set(work.scalars(select(Kiosk.id)))
    assert own.id in ids
    assert foreign.id not in ids


def test_a_device_that_was_switched_off_begins_nothing_in_the_database(settings):
    kiosk, device = pinned(settings)
    switch_off(kiosk)
    with unit_of_work(device) as work:
        assert not find_device(work, device.token).serves
    with pytest.raises(ProgrammingError), unit_of_work(device) as work:
        begin_visit(work, kiosk.id, Visit(kiosk.id, kiosk.id), now())


def test_a_square_takes_one_visit_and_once(visited):
    kiosk, device, secret = visited
    phone = Scope(Audience.PUBLIC, token=token_digest(secret))
    assert visits_seen(phone) == [kiosk.id]
    with unit_of_work(phone) as work:
        assert take_over(work, phone.token, now()) is not None
    with unit_of_work(phone) as work:
        assert take_over(work, phone.token, now()) is None
    assert visits_seen(device) == []
