"""The rendered certificate of a waiver: whose key opens it, and when it goes."""

import pytest

from billing.waivers.content import get_waiver
from checkup.cases.part_keys import open_part
from tenants.database import unit_of_work
from tenants.files import list_files
from tests import waiting
from tests.erased import erase, erase_in_full, finish, left_of
from tests.factories import make_case, make_waiver, owner_scope
from webapp.tasks.relief import TASKS


@pytest.fixture
def beside(settings):
    with waiting.beside(settings) as start:
        yield start


def render(settings, case, waiver_id):
    TASKS["render_certificate"](settings, firm_id=str(case.firm_id), waiver_id=str(waiver_id))


def test_a_certificate_that_is_rendered_while_its_case_is_erased_leaves_no_file(settings, beside, admin_rows):
    case = make_case(settings, "submitted", seed=31)
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(owner_scope(case)) as session:
        erase(session, case)
        rendering = beside(lambda: render(settings, case, waiver_id))
    rendering.result()
    finish(settings, case)
    assert left_of(settings, case, admin_rows) == []


def test_a_certificate_goes_with_its_erased_case(settings, admin_rows):
    case = make_case(settings, "submitted", seed=31)
    waiver_id = make_waiver(settings, case, "granted")
    render(settings, case, waiver_id)
    assert any(str(waiver_id) in path for path, _ in list_files(settings.files_url))
    erase_in_full(case)
    finish(settings, case)
    assert left_of(settings, case, admin_rows) == []


def test_two_certificates_that_say_the_same_open_each_with_its_own_key(settings):
    made = [make_case(settings, "submitted", seed=31) for _ in range(2)]
    waivers = [make_waiver(settings, case, "granted", signed_name="某某") for case in made]
    opened = []
    for case, waiver_id in zip(made, waivers, strict=True):
        render(settings, case, waiver_id)
        with unit_of_work(owner_scope(case)) as session:
            row = get_waiver(session, waiver_id)
            key = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=settings.keyring())
        opened.append(key.open_file(settings.files_url, row.certificate_path).read()[:5])
    assert opened == [b"%PDF-", b"%PDF-"]
