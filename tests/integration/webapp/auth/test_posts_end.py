"""Who leaves a bureau or the platform is out at once and comes in no more."""

import pytest

from demo.city import PASSWORD
from tenants.clock import now
from tenants.errors import NotFound
from tenants.login.posts import end_posts
from tests.visits import log_in


@pytest.mark.parametrize(
    ("email", "page"), [("officer@youyi.example", "/bureau/"), ("operator@famai.example", "/operator/")]
)
def test_whose_post_ends_is_out_at_once(app, email, page):
    client = log_in(app, email)
    assert end_posts(email, now=now()) == 1
    assert client.get(page, follow_redirects=False).location.startswith("/auth/login")
    again = app.test_client().post("/auth/login", data={"email": email, "password": PASSWORD})
    assert again.status_code == 422


def test_nobody_of_that_name_is_nobody(settings):
    with pytest.raises(NotFound):
        end_posts("nobody@famai.example", now=now())
