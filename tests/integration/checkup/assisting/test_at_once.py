"""The owner takes her record over in the instant in which the helper types: one of the two is first."""

import pytest

from checkup.assisting.answering import type_answer
from checkup.assisting.claiming import ClaimTarget, claim, claim_digest
from checkup.cases.checkups import open_checkup
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.errors import NotFound
from tests import waiting
from tests.helping import HELPER, claim_code, help_somebody, scope_of


@pytest.fixture
def beside(settings):
    with waiting.beside(settings) as start:
        yield start


@pytest.fixture
def helped(settings):
    return help_somebody(settings)


def typing(settings, helped):
    with unit_of_work(scope_of(HELPER)) as session:
        given = {"question_id": "con.written", "raw": "unsure", "keys": settings.keyring(), "now": now()}
        type_answer(session, help_id=helped.help_id, **given)


def taking(settings, helped, session):
    digest = claim_digest(helped.number, claim_code(settings, helped), settings.pepper)
    target = ClaimTarget(RECEPTION_ID, helped.checkup_id, helped.owner_id)
    claim(session, target=target, digest=digest, by=Actor(helped.owner_id, "店主本人"), now=now())


def answers(settings, helped):
    with unit_of_work(helped.owner) as session:
        return open_checkup(session, checkup_id=helped.checkup_id, keys=settings.keyring()).answers


def test_what_is_typed_while_she_claims_is_refused(settings, beside, helped):
    with unit_of_work(helped.owner) as session:
        taking(settings, helped, session)
        running = beside(lambda: typing(settings, helped))
    assert isinstance(running.exception(), NotFound)
    assert answers(settings, helped) == {}


def test_what_was_typed_a_moment_before_is_hers(settings, helped):
    typing(settings, helped)
    with unit_of_work(helped.owner) as session:
        taking(settings, helped, session)
    assert list(answers(settings, helped)) == ["con.written"]
