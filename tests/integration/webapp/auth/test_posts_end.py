"""By command, too, whoever leaves a bureau or the platform is out at once and comes in no more; the last one stays."""

import pytest

from demo.city import PASSWORD, demo_id
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.login.posts import begin_post, end_posts
from tests.visits import log_in


@pytest.mark.parametrize(
    ("email", "place", "page"),
    [("officer@youyi.example", demo_id("bureau:310113:1"), "/bureau/"), ("operator@famai.example", None, "/operator/")],
)
def test_whose_post_ends_is_out_at_once(app, email, place, page):
    client = log_in(app, email)
    with pytest.raises(Conflict, match="last_one"):
        end_posts(email, by=SYSTEM, now=now())
    scope = Scope(
        Audience.OPERATOR if place is None else Audience.BUREAU,
        None,
        demo_id("officer@city.example"),
        demo_id("bureau"),
    )
    with unit_of_work(scope) as session:
        role, other = ("head", "b@youyi.example") if place else ("operator", "b@famai.example")
        begin_post(session, scope=scope, bureau_id=place, email=other, name="后来的", role=role, by=SYSTEM, now=now())
    assert end_posts(email, by=SYSTEM, now=now()) == 1
    assert client.get(page, follow_redirects=False).location.startswith("/auth/login")
    again = app.test_client().post("/auth/login", data={"email": email, "password": PASSWORD})
    assert again.status_code == 422


def test_nobody_of_that_name_is_nobody(settings):
    with pytest.raises(NotFound):
        end_posts("nobody@famai.example", by=SYSTEM, now=now())
