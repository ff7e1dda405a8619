"""Something is written about a case in the instant in which its owner erases it: whichever comes first, nothing stays.

Each writer is tried both ways, one waiting for the other; no clock decides.
"""

import pytest

from checkup.signoff import reporting
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.files import list_files
from tests import waiting
from tests.erased import erase, erase_in_full, finish, left_of
from tests.factories import make_case, owner_scope, worker_scope
from tests.writers import WRITERS, AppliedForRelief, MovedAway

by_name = pytest.mark.parametrize("kind", WRITERS, ids=lambda kind: kind.__name__)


@pytest.fixture
def beside(settings):
    with waiting.beside(settings) as start:
        yield start


def write_in_full(writing):
    with writing():
        pass


@by_name
def test_what_is_written_while_an_erasure_is_under_way_does_not_stay(kind, settings, beside, admin_rows):
    writing = kind(settings)
    with unit_of_work(owner_scope(writing.case)) as session:
        erase(session, writing.case)
        running = beside(lambda: write_in_full(writing))
    assert isinstance(running.exception(), Conflict | NotFound)
    finish(settings, writing.case)
    assert left_of(settings, writing.case, admin_rows) == []


@by_name
def test_what_an_erasure_has_to_wait_for_does_not_stay_either(kind, settings, beside, admin_rows):
    writing = kind(settings)
    with writing():
        erasing = beside(lambda: erase_in_full(writing.case))
    assert isinstance(erasing.exception(), Conflict if kind is MovedAway else type(None))
    finish(settings, writing.case)
    assert left_of(settings, writing.case, admin_rows) == []


def test_papers_of_an_application_that_is_not_stored_do_not_stay(settings):
    writing, before = AppliedForRelief(settings), set(list_files(settings.files_url))
    with pytest.raises(ZeroDivisionError), writing():
        raise ZeroDivisionError
    assert set(list_files(settings.files_url)) == before


def test_whoever_asks_to_finish_an_erasure_that_was_none_asks_in_vain(settings):
    case = make_case(settings, "signed", seed=68)
    reporting.render_and_store(
        scope=worker_scope(case), checkup_id=case.checkup_id, kind="signed", keys=settings.keyring(),
        files_url=settings.files_url, public_url=settings.public_url, now=now(),
    )  # fmt: skip
    held = [path for path, _ in list_files(settings.files_url) if str(case.checkup_id) in path]
    finish(settings, case)
    assert held
    assert [path for path, _ in list_files(settings.files_url) if str(case.checkup_id) in path] == held
