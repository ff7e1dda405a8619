"""A firm applies, its bureau decides, its people come in by their mails and plan a roster, over HTTP, as they do."""

import datetime as dt
import io
import json
import re
import uuid

from PIL import Image

from bureau.oversight.standards import STANDARDS
from tenants.clock import city_day, now
from tests.visits import log_in
from webapp.worker_loop import run_worker

FORM = {
    "name": "上海新申请律师事务所", "licence_number": "31310000MD0123456X", "district": "310113",
    "phone": "021-5555 6666", "contact_name": "申律师", "contact_email": "shen@xin.example",
}  # fmt: skip
PASSWORD = "tall-trees-in-rain-1"  # noqa: S105 - of people in tests


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#17493d").save(out, "JPEG")
    return out.getvalue()


def apply(app, *, papers=None, **changed):
    files = [(io.BytesIO(content), name) for content, name in papers or [(photo(), "证.jpg")]]
    return app.test_client().post("/join", data={**FORM, **changed, "papers": files})


def apply_firm(app, officer):
    """A firm of Baoshan that has applied: its name, and its path at the bureau."""
    name = f"上海{uuid.uuid4().hex[:6]}律师事务所"
    assert apply(app, name=name, contact_email=contact_of(name)).status_code == 200
    return name, re.search(rf'href="(/bureau/firms/[\w-]+)">{name}', officer.get("/bureau/firms").text)[1]


def contact_of(name):
    return f"{name[2:8]}@xin.example"


def decide(officer, path, decision, why="材料齐全", review_in=90):
    """The officer's decision; before an admission she has looked at every standard. `review_in`: days, or no day."""
    for standard in STANDARDS if decision == "admit" else ():
        officer.post(f"{path}/standards", data={"standard": standard, "met": "yes", "evidence": "看过原件"})
    day = "" if review_in is None else (city_day(now()) + dt.timedelta(days=review_in)).isoformat()
    return officer.post(f"{path}/decide", data={"decision": decision, "why": why, "review_on": day})


def outbox(settings):
    run_worker(settings, wait=False)
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(settings.outbox_dir.glob("*.json"))]


def come_in(app, settings, email):
    """By the invitation in the mail, with a password of one's own."""
    mail = next(one for one in outbox(settings) if one["to"] == email and "/auth/invitation/" in one["body"])
    link = re.search(r"/auth/invitation/[\w-]+", mail["body"])[0]
    assert app.test_client().post(link, data={"name": "申律师", "password": PASSWORD}).status_code == 302
    return log_in(app, email, PASSWORD)


def add_lawyer(app, settings, admin, email):
    """Invited by the firm's admin, and in."""
    assert admin.post("/firm/people/invite", data={"email": email, "role": "lawyer"}).status_code == 302
    return come_in(app, settings, email)


def plan_roster(admin):
    assert admin.post("/firm/roster", data={"fill": "yes"}).status_code == 302


def open_to_owners(app, settings, name):
    """An admitted firm gets its admin, a lawyer and a roster; returns the admin's browser."""
    admin = come_in(app, settings, contact_of(name))
    add_lawyer(app, settings, admin, f"l-{contact_of(name)}")
    plan_roster(admin)
    return admin
