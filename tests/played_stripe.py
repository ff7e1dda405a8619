"""The demo's Stripe as a process on loopback, and a proxy before it that can hold back an answer."""

import datetime as dt
import http.client
import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tenants.database import Audience, Scope, unit_of_work
from tests.patience import PATIENCE, until
from tests.ports import free_port
from webapp.tasks.money import TASKS

KEY = "sk_test_famai"


@contextmanager
def played_stripe(*arguments, webhook=None):
    """Yields the address of a fresh server; `--forgetful` plays one without idempotency keys."""
    port = free_port()
    told = [] if webhook is None else ["--webhook", webhook]
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.stripe_server", "--port", str(port), *told, *arguments],
        env=os.environ | {"FAMAI_STRIPE_WEBHOOK_SECRET": "whsec_test"},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(process, url))
        yield url
    finally:
        process.kill()
        process.wait()


def answers(process, url):
    assert process.poll() is None, "the server that plays Stripe stopped"
    with suppress(requests.ConnectionError):
        return requests.get(f"{url}/v1/events", timeout=PATIENCE).status_code


def ask(url, path, **params):
    """What Stripe holds, as plain dictionaries."""
    answer = requests.get(f"{url}{path}", params=params, headers={"Authorization": f"Bearer {KEY}"}, timeout=PATIENCE)
    answer.raise_for_status()
    return answer.json()


def pay_at(pay_url, how="alipay"):
    """As the payer does it: at Stripe's page."""
    return requests.post(pay_url, data={"do": how}, timeout=PATIENCE, allow_redirects=False)


class HoldingProxy:
    """Passes everything on; the answer to the first `POST path…` arrived at Stripe and never comes back."""

    def __init__(self, upstream, path):
        self.upstream, self.path, self.held = upstream.removeprefix("http://"), path, threading.Event()
        proxy, self._lock = self, threading.Lock()

        class Passing(BaseHTTPRequestHandler):
            def do_POST(self):
                proxy.passed_on(self)

            do_GET = do_DELETE = do_POST

            def log_message(self, *arguments):
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def passed_on(self, asked):
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        line = http.client.HTTPConnection(self.upstream, timeout=PATIENCE)
        headers = {name: value for name, value in asked.headers.items() if name.lower() != "host"}
        line.request(asked.command, asked.path, body, headers)
        answer = line.getresponse()
        content = answer.read()
        with self._lock:
            is_held = asked.command == "POST" and self.path in asked.path and not self.held.is_set()
            if is_held:
                self.held.set()
        if is_held:
            asked.close_connection = True
            threading.Event().wait(PATIENCE)
            return
        asked.send_response(answer.status)
        asked.send_header("Content-Type", answer.headers["Content-Type"])
        asked.send_header("Content-Length", str(len(content)))
        asked.end_headers()
        asked.wfile.write(content)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


LATER = dt.timedelta(minutes=5)


def lawyer_work(case):
    return unit_of_work(Scope(Audience.FIRM, case.firm_id, case.lawyer_id))


def do(task, settings, case, row):
    name = {"issue_invoice": "invoice_id", "void_invoice": "invoice_id", "send_refund": "refund_id"}[task]
    TASKS[task](settings, firm_id=str(case.firm_id), **{name: str(row.id)})
