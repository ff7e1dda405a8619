"""Addresses of machines are read wholly, or refused."""

import pytest

from tenants.errors import Unreadable
from tenants.typed.addresses import web_address


@pytest.mark.parametrize("raw", ["https://cloud.example/hooks", "https://cloud.example:8443/a?b=c"])
def test_an_address_of_some_host_is_read(raw):
    assert web_address(raw) == raw


@pytest.mark.parametrize("raw", [
    "http://cloud.example/", "https://", "https://name@cloud.example/", "https://name:word@cloud.example/",
    "https://:word@cloud.example/", "https://cloud.example/a b", "ftp://cloud.example/", "https://云.example/",
    "https://cloud.example:99999/",
])  # fmt: skip
def test_what_is_no_address_or_holds_a_log_in_is_refused(raw):
    with pytest.raises(Unreadable, match="not_an_address"):
        web_address(raw)
