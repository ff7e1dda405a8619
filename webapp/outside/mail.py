"""The door to e-mail: SMTP in production, a file in the outbox folder while developing."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from tenants.deadlines import Smtp, SmtpOverTls
from webapp.outside.sms import NotSent
from webapp.settings import Settings

_SECONDS, IN_ALL = 20, 60.0  # of one reply, of the whole mail
_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def send_mail(settings: Settings, to: str, *, subject: str, body: str, key: str, sender_name: str = "") -> None:
    """Send at once, outside any unit of work; mails with the same `key` bear the same Message-ID. Raises: NotSent."""
    try:
        message = _write(settings, to, subject=subject, body=body, key=key, sender_name=sender_name)
        with connect(settings.smtp_url) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def _write(settings: Settings, to: str, *, subject: str, body: str, key: str, sender_name: str) -> EmailMessage:
    """Raises: ValueError for a line break in a header."""
    message = EmailMessage()
    message["From"] = Address(sender_name, addr_spec=settings.mail_from)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{key}@{settings.mail_from.rpartition('@')[2]}>" if key else make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def connect(url: str) -> smtplib.SMTP:
    """Over TLS always; without only to a server on this machine.

    Raises: OSError, smtplib.SMTPException; ValueError for a URL that is none of ours.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("FAMAI_SMTP_URL is smtp://[user:password@]host[:587] or smtps://…:465")
    port = parts.port or _PORTS[parts.scheme]
    server = (
        SmtpOverTls(parts.hostname, port, seconds=IN_ALL, timeout=_SECONDS, context=ssl.create_default_context())
        if parts.scheme == "smtps"
        else Smtp(parts.hostname, port, seconds=IN_ALL, timeout=_SECONDS)
    )
    try:
        if parts.scheme == "smtp" and parts.hostname not in _LOOPBACK:
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
