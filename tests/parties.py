"""A connected party with its two secrets, and what its machine sends."""

import json

from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from cloud.partners import feed
from cloud.partners.clients import give_credentials
from cloud.partners.models import Notice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work

OPERATOR, WORKER = Scope(Audience.OPERATOR), Scope(Audience.WORKER)
FORM = {"wish": "advice", "district": "310113", "topic": "emp", "name": "王姐面馆", "phone": "13800000000",
        "note": "员工要求补签合同"}  # fmt: skip


class Party:
    """A connected party with its two secrets, and its machine."""

    def __init__(self, app, settings, name, source="cloud", scopes="subscription deliveries tickets"):
        self.client, self.settings = app.test_client(), settings
        with unit_of_work(OPERATOR) as work:
            row, self.signing = feed.add_subscriber(
                work, name=name, url="http://127.0.0.1:9/", master=settings.master_key, now=now(), source=source
            )
            made, self.secret = give_credentials(work, subscriber_id=row.id, scopes=scopes, now=now())
        self.id, self.client_id = row.id, str(made.id)

    def token(self, scope=None, secret=None):
        data = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
        return self.client.post("/api/v1/token", data=data, auth=(self.client_id, secret or self.secret))

    def headers(self):
        return {"Authorization": f"Bearer {self.token().json['access_token']}"}

    def send(self, form, message_id="m1", at=None, secret=None):
        return sign(self, "/api/v1/tickets", form, message_id, at, secret)

    def notices(self):
        with unit_of_work(WORKER) as work:
            return list(work.scalars(select(Notice).where(Notice.subscriber_id == self.id).order_by(Notice.name)))


def sign(party, path, form, message_id, at=None, secret=None):
    """A signed call of the party's machine."""
    body, at = json.dumps(form), at or now()
    signed = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret or party.signing).sign(message_id, at, body),
    }
    return party.client.post(path, data=body, headers={**party.headers(), **signed})
