"""A browser as plain as can be, over TLS, for tests that reach the web from outside."""

import re

import requests

from tests.reading import as_read


class Visitor:
    """One person at one address of the city: her cookies, and the page she has open."""

    def __init__(self, site, certificate, **headers):
        self.site, self.line, self.page = site, requests.Session(), ""
        self.line.verify, self.line.trust_env = str(certificate), False
        self.line.headers.update({"Referer": f"{site}/", "Accept-Language": "zh-CN", **headers})

    def ask(self, verb, path, **given):
        answer = self.line.request(verb, self.site + path, allow_redirects=False, timeout=60, **given)
        if not answer.is_redirect and answer.headers.get("Content-Type", "").startswith("text/html"):
            self.page = as_read(answer.text)
        return answer

    def get(self, path):
        """The page as read; whither the path leads is followed."""
        answer = self.ask("GET", path)
        while answer.is_redirect:
            answer = self.ask("GET", answer.headers["Location"].removeprefix(self.site))
        assert answer.status_code == 200, (path, answer.status_code, self.page)
        return self.page

    def post(self, path, files=None, **fields):
        """Send a form with the token of the page that is open; where it leads, or the status that is no redirect."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        answer = self.ask("POST", path, data=fields | {"csrf_token": token[1] if token else ""}, files=files)
        return answer.headers["Location"].removeprefix(self.site) if answer.is_redirect else answer.status_code
