"""`famai operator …`: the people who run the platform."""

import secrets

import click
from sqlalchemy.exc import IntegrityError

from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, configure, enter_scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.login.credentials import add_staff
from tenants.login.models import OperatorPost
from tenants.login.posts import end_posts
from webapp.commands import typed
from webapp.settings import Settings


@click.group()
def operator() -> None:
    """People who run the platform."""


@operator.command()
@click.argument("email", type=typed.EMAIL)
@click.argument("name", type=typed.LINE)
def add(email: str, name: str) -> None:
    """Add an operator; prints a first password, once; it is good for a week."""
    configure(Settings.from_env().lines)
    password = secrets.token_urlsafe(12)
    try:
        with unit_of_work(Scope(Audience.AUTH, token=email)) as session:
            person = add_staff(session, email=email, name=name, password=password, now=now(), is_first=True)
            enter_scope(session, Scope(Audience.OPERATOR))
            session.add(OperatorPost(person_id=person.id))
    except IntegrityError:
        raise click.ClickException("this e-mail is taken") from None
    click.echo(f"{email} / {password}")


@operator.command()
@click.argument("email", type=typed.EMAIL)
def end(email: str) -> None:
    """End every post of an officer or operator; all sessions of this person end at once."""
    configure(Settings.from_env().lines)
    try:
        count = end_posts(email, by=SYSTEM, now=now())
    except NotFound:
        raise click.ClickException(f"{email}: nobody here has this address") from None
    except Conflict:
        raise click.ClickException("nobody would be left to say who works there: add somebody else first") from None
    click.echo(f"{count} posts ended, and every session")
