"""What an owner does over HTTP: tell of her shop, answer to the end, read the code on her phone."""

import json
import re
import uuid

from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.packs.answers import UNSURE
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from tenants.phones import keep_phone, phone_digest

DETAILS = {
    "name": "䶮㛃面馆", "form": "individual", "trade": "catering", "staff": "6", "revenue": "80", "assets": "30",
    "district": "310113", "review": "yes",
}  # fmt: skip


def answer_all(client, url):
    """Answer every question with its first option; ends at the ready page."""
    location = client.get(url).location
    for _ in range(80):
        if location.endswith("/ready"):
            return
        location = client.post(location, data=first_choices(client.get(location).text)).location
    raise AssertionError("the walk does not end")


def first_choices(page):
    """The first option of each question on a screen, as its form sends them."""
    sent = {"answer": UNSURE}
    for name in ("answer", "also"):
        if first := re.search(rf'type="radio"\s+name="{name}"\s+value="([^"]+)"', page):
            sent[name] = first.group(1)
    if also := re.search(r'name="also_id" value="([^"]+)"', page):
        sent["also_id"] = also.group(1)
    return sent


def codes(settings, number):
    """The codes sent to this number, oldest first."""
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    mine = sorted((message["at"], message["body"]) for message in sent if message["to"] == number)
    return [re.search(r"\d{6}", body)[0] for _, body in mine]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def keep_a_phone(url):
    """As if the owner had typed the code that was sent to her phone."""
    checkup_id = uuid.UUID(re.search(r"[0-9a-f-]{36}", url)[0])
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        firms = work.scalars(select(Firm.id)).all()
    for firm_id in firms:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as work:
            row = work.get(Checkup, (firm_id, checkup_id))
            owner_id = row and row.owner_id
        if owner_id:
            with unit_of_work(Scope(Audience.OWNER, firm_id, owner_id)) as work:
                digest = phone_digest(str(checkup_id), b"test")
                keep_phone(work, person_id=owner_id, digest=digest, held_by=None)
