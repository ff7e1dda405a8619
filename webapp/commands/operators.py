"""`famai operator …`: the people who run the platform."""

import secrets

import click
from sqlalchemy.exc import IntegrityError

from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.errors import Invalid
from tenants.login.memberships import normal_email
from tenants.login.models import OperatorPost
from tenants.people import add_staff
from webapp.settings import Settings


@click.group()
def operator() -> None:
    """People who run the platform."""


@operator.command()
@click.argument("email")
@click.argument("name")
def add(email: str, name: str) -> None:
    """Add an operator; prints a first password, once."""
    configure(Settings.from_env().database_url)
    password = secrets.token_urlsafe(12)
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            person = add_staff(session, email=normal_email(email), name=name, password=password, now=now())
            session.add(OperatorPost(person_id=person.id))
    except Invalid:
        raise click.ClickException(f"{email}: not an e-mail address") from None
    except IntegrityError:
        raise click.ClickException("this e-mail is taken") from None
    click.echo(f"{email} / {password}")
