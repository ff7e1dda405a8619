"""What stands at a view is what its requests meet: few doors take files, and strangers' doors are counted."""

import io
from dataclasses import replace

import pytest

from webapp.app import create_app
from webapp.edge.limits import MOST_FORM

TAKE_FILES = {
    "joining.apply", "face.save", "relief.apply", "relief_status.act", "talk.write", "talk.answer", "fixes.step",
    "licence.send",
    "standards.recheck", "lawyer_talk.write", "firm_desk.import_parties", "help.make",
    "mediation.step", "mediate.step", "delegate_fixes.step",
    "bureau_gatherings.hand_out", "firm_gatherings.hand_out",
}  # fmt: skip
KNOCKED_AT = {
    "auth.login", "second.ask", "invitation.accept", "joining.apply", "me.send", "me.check", "public.resume",
    "letter.send", "letter.accept", "status.look", "machine.token",
    "first_run.begin", "forgotten.ask", "forgotten.reset", "uploads.begin",
    "claiming.take_over", "partner_application.apply", "delegate_invitation.send", "delegate_invitation.check",
    "kiosk.pair_device", "kiosk_leaving.take", "venue.take",
    "referral_link.cover", "referral_link.act", "referral_link.file",
    "mediate.cover", "mediate.come_in", "mediate.room", "mediate.step", "mediate.paper", "mediate.agreement",
    "linking.send", "linking.check",
    "mediate.rate", "gatherings.take", "gatherings.leave", "gatherings.sign_in",
}  # fmt: skip


def marked(app, attribute):
    return {name for name, view in app.view_functions.items() if getattr(view, attribute, None)}


def test_only_these_views_take_files(app):
    assert marked(app, "most_bytes") == TAKE_FILES


def test_these_are_the_doors_that_strangers_knock_at(app):
    assert marked(app, "is_door") == KNOCKED_AT


def test_a_form_without_files_stays_small(app):
    answer = app.test_client().post("/resume", data={"code": "x" * (MOST_FORM + 1)})
    assert answer.status_code == 413


def test_a_view_that_takes_files_takes_more(app):
    paper = (io.BytesIO(b"%PDF-1.4" + b"x" * (MOST_FORM + 1)), "证.pdf")
    assert app.test_client().post("/join", data={"papers": paper}).status_code == 422


@pytest.mark.parametrize("path", ["/auth/login", "/resume", "/status", "/me/phone", "/join"])
def test_a_door_is_counted_whatever_is_posted(settings, path):
    made = create_app(replace(settings, door_limit="0/hour"))
    made.config.update(WTF_CSRF_ENABLED=False)
    assert made.test_client().post(path, data={}).status_code == 429
