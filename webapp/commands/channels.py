"""`famai mail test` and `famai sms test`: whether a message leaves this installation."""

import uuid

import click

from webapp.commands import typed
from webapp.outside.mail import send_mail
from webapp.outside.sms import NotSent, send_text
from webapp.settings import Settings


@click.group()
def mail() -> None:
    """The way out for e-mail."""


@mail.command("test")
@click.argument("address", type=typed.EMAIL)
def test_mail(address: str) -> None:
    """Send one e-mail to ADDRESS, and say what the server said."""
    settings = Settings.from_env()
    if not settings.smtp_url:
        raise click.ClickException("no channel for e-mail: set FAMAI_SMTP_URL and FAMAI_MAIL_FROM")
    try:
        send_mail(settings, address, subject="Famai", body=settings.public_url, key=uuid.uuid4().hex)
    except NotSent as error:
        raise click.ClickException(f"not sent: {error}") from None
    click.echo(f"the server took a message for {address}")


@click.group()
def sms() -> None:
    """The way out for text messages."""


@sms.command("test")
@click.argument("phone", type=typed.MOBILE)
def test_sms(phone: str) -> None:
    """Send one text to PHONE."""
    settings = Settings.from_env()
    if not settings.sms_url:
        raise click.ClickException("no channel for texts: set FAMAI_SMS_URL")
    try:
        send_text(settings, phone, settings.public_url, key=uuid.uuid4().hex)
    except NotSent as error:
        raise click.ClickException(f"not sent: {error}") from None
    click.echo(f"the gateway took a text for {phone}")
