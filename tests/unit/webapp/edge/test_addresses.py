import pytest
from flask import Flask

from webapp.edge import limits


@pytest.fixture
def client(tmp_path):
    app = Flask(__name__)
    limits.init_app(app, tmp_path)
    app.add_url_rule("/<path:anything>", "any", lambda anything: "here")
    return app.test_client()


@pytest.mark.parametrize("address", ["/f/a%00b", "/x?district=%00", "/x?%1b=1", "/x%08"])
def test_an_address_with_control_characters_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/f/hubin", "/x?district=徐汇", "/x?words=a%0Ab"])
def test_any_other_address_is_not(client, address):
    assert client.get(address).status_code == 200
