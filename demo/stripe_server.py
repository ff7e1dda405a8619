"""Plays Stripe on loopback, as a process of its own: localstripe and what the product needs beyond it.

Added here: idempotency keys, one-off invoices with a due day, voiding, payment pages, refunds that are announced,
and pages that stand in for Checkout and the portal. Nothing of this is imported by the web or the worker.

    python -m demo.stripe_server --port 9000 --folder var/stripe --webhook http://127.0.0.1:8000/webhooks/stripe
"""

import argparse
import asyncio
import hashlib
import os
import pickle
from pathlib import Path

from aiohttp import web
from localstripe import resources, server, webhooks
from localstripe.errors import UserError

from demo import stripe_objects as objects
from demo import stripe_pages as pages
from webapp.settings import stand_clock

_answers: dict[str, tuple[str, int, bytes]] = {}
_locks: dict[str, asyncio.Lock] = {}


@web.middleware
async def remember_keys(request: web.Request, handler: object) -> web.StreamResponse:
    """The same idempotency key gets the same answer; with other content it is refused, as at Stripe."""
    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or key is None or request.app["is_forgetful"]:
        return await handler(request)
    asked = hashlib.sha256(request.path.encode() + await request.read()).hexdigest()
    async with _locks.setdefault(key, asyncio.Lock()):
        if key in _answers:
            before, status, body = _answers[key]
            if before != asked:
                raise UserError(400, "Keys for idempotent requests can only be used with the same parameters")
            return web.Response(status=status, body=body, content_type="application/json")
        answer = await handler(request)
        _answers[key] = (asked, answer.status, answer.body)
        return answer


@web.middleware
async def keep(request: web.Request, handler: object) -> web.StreamResponse:
    """Write everything to the folder after each change, so that a restart of the demo forgets nothing."""
    try:
        return await handler(request)
    finally:
        if request.method in ("POST", "DELETE"):
            _dump(request.app["folder"])


def _dump(folder: Path | None) -> None:
    if folder is not None:
        half = folder / "store.new"
        half.write_bytes(pickle.dumps((dict(resources.store), _answers)))
        half.replace(folder / "store.pickle")


def _load(folder: Path) -> None:
    """Only what this process wrote itself, in a folder that only its user may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "store.pickle"
    if file.exists():
        kept, answers = pickle.loads(file.read_bytes())  # noqa: S301 - our own file
        resources.store.update(kept)
        _answers.update(answers)


def make_app(folder: Path | None, *, is_forgetful: bool, base: str) -> web.Application:
    """Our routes first, then localstripe's; its own store in /tmp is not used."""
    resources.Store.dump_to_disk = lambda self: None
    if folder is not None:
        _load(folder)
    app = web.Application(
        middlewares=[server.error_middleware, pages.open_pages(server.auth_middleware), keep, remember_keys]
    )
    app["folder"], app["is_forgetful"], app["base"] = folder, is_forgetful, base
    objects.BASE = base
    app.add_routes(objects.routes())
    app.add_routes(pages.routes())
    for route in server.app.router.routes():
        if route.resource is not None and route.method != "HEAD":
            app.router.add_route(route.method, route.resource.canonical, route.handler)
    return app


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--webhook", help="where events are sent, signed with FAMAI_STRIPE_WEBHOOK_SECRET")
    parser.add_argument("--forgetful", action="store_true", help="without idempotency keys, as plain localstripe")
    given = parser.parse_args()
    stand_clock(os.environ.get("FAMAI_NOW", ""))
    if given.webhook:
        webhooks.register_webhook("famai", given.webhook, os.environ["FAMAI_STRIPE_WEBHOOK_SECRET"], None)
    app = make_app(given.folder, is_forgetful=given.forgetful, base=f"http://127.0.0.1:{given.port}")
    web.run_app(app, host="127.0.0.1", port=given.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
