"""A mail server that takes what it is handed, and keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.ports import free_port


class PostOffice:
    """`mails`: (from, to, content) of each; whoever is called nobody is refused."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], str]] = []
        self.url = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """On a port of its own, at `url`."""
    taken = PostOffice()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port())
    controller.start()
    taken.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield taken
    finally:
        controller.stop()
