from webapp.edge.rates import TrustedProxies


def address_seen(asking, networks, forwarded):
    seen = {}

    def site(environ, start_response):
        seen.update(environ)
        return []

    environ = {
        "REMOTE_ADDR": asking,
        "HTTP_X_FORWARDED_FOR": forwarded,
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "http",
    }
    TrustedProxies(site, networks)(environ, None)
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]


def test_a_trusted_proxy_is_believed_whose_visitor_it_brings():
    assert address_seen("10.0.0.2", ["10.0.0.0/24"], "203.0.113.9") == ("203.0.113.9", "https")


def test_a_stranger_who_forges_the_header_is_himself():
    assert address_seen("198.51.100.7", ["10.0.0.0/24"], "203.0.113.9") == ("198.51.100.7", "http")


def test_of_several_addresses_only_the_one_that_the_proxy_added_counts():
    assert address_seen("10.0.0.2", ["10.0.0.2"], "1.1.1.1, 203.0.113.9") == ("203.0.113.9", "https")


def test_who_asks_without_an_address_is_nobody_trusted():
    assert address_seen("", ["0.0.0.0/0"], "203.0.113.9")[0] == ""
