"""拍营业执照 in a real browser: one photo, what was read looked through, each value with its source."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from checkup.prefill.models import LicenceReading
from tenants.database import unit_of_work
from tests.factories import make_case, worker_scope
from tests.licences import found_in, make_licence, photograph
from tests.screens import go_on, hold_case
from webapp.app import create_app
from webapp.tasks.photos import TASKS

pytestmark = pytest.mark.browser


def read_photo_of(settings, case):
    """What the worker does."""
    with unit_of_work(worker_scope(case)) as work:
        photo = work.scalars(select(LicenceReading.photo).filter_by(checkup_id=case.checkup_id)).one()
    ids = {"firm_id": str(case.firm_id), "checkup_id": str(case.checkup_id), "photo": str(photo)}
    TASKS["read_licence"](settings, **ids)


def test_one_photo_saves_the_typing(page, site, settings, check):
    case, found = make_case(settings, "answering", seed=4102), found_in(make_licence(1))
    hold_case(page, create_app(settings), site, case)
    page.goto(f"/checkup/{case.checkup_id}/mine/business")
    go_on(page.get_by_role("link", name="照营业执照填"))
    check("licence-photo")
    photo = {"name": "执照.jpg", "mimeType": "image/jpeg", "buffer": photograph(make_licence(1), 1)}
    page.locator("[name=photo]").set_input_files(photo)
    go_on(page.get_by_role("button", name="读这张照片"))
    expect(page.get_by_text("正在读照片")).to_be_visible()
    read_photo_of(settings, case)
    expect(page.locator("[name=credit_code]")).to_have_value(found.credit_code)
    check("licence-read")
    go_on(page.get_by_role("button", name="对，用这些"))
    page.goto(f"/checkup/{case.checkup_id}/mine/business")
    expect(page.get_by_text(re.compile("来自营业执照的照片")).first).to_be_visible()
    check("licence-sources")
