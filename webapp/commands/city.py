"""`famai bureau …`: the bureaus of a new city and their first officers."""

import secrets
import uuid

import click
from sqlalchemy.exc import IntegrityError

from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, configure, enter_scope, unit_of_work
from tenants.districts import DISTRICTS
from tenants.login.credentials import add_staff
from tenants.login.models import HEAD, OFFICER, BureauPost
from tenants.login.posts import count_posts
from tenants.models import Bureau
from webapp.commands import typed
from webapp.commands.lazy import BureauGroup
from webapp.operating.reception import open_here
from webapp.settings import Settings


@click.group(cls=BureauGroup)
def bureau() -> None:
    """Bureaus of justice and their people."""


@bureau.command()
@click.argument("name", type=typed.LINE)
@click.argument("name_en", type=typed.LINE)
@click.option("--district", type=typed.one_of(DISTRICTS), help="The district it is in charge of.")
@click.option("--under", type=typed.ID, help="The bureau above it.")
def add(name: str, name_en: str, district: str | None, under: uuid.UUID | None) -> None:
    """Add a bureau; prints its id. With the first one the city's reception opens."""
    settings = Settings.from_env()
    configure(settings.lines)
    bureau_id = new_id()
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            session.add(Bureau(id=bureau_id, parent_id=under, name=name, name_en=name_en, district=district))
        open_here(settings)
    except IntegrityError:
        raise click.ClickException(f"{under}: there is no such bureau") from None
    click.echo(bureau_id)


@bureau.command()
@click.argument("bureau_id", type=typed.ID)
@click.argument("email", type=typed.EMAIL)
@click.argument("name", type=typed.LINE)
@click.option("--head", is_flag=True, help="She says who works there; whoever comes first to a bureau does anyway.")
def officer(bureau_id: uuid.UUID, email: str, name: str, head: bool) -> None:
    """Add an officer; prints a first password, once; it is good for a week."""
    configure(Settings.from_env().lines)
    password = secrets.token_urlsafe(12)
    try:
        with unit_of_work(Scope(Audience.AUTH, token=email)) as session:
            person = add_staff(session, email=email, name=name, password=password, now=now(), is_first=True)
            enter_scope(session, Scope(Audience.OPERATOR))
            _, is_led = count_posts(session).get(bureau_id, (0, False))
            role = HEAD if head or not is_led else OFFICER
            session.add(BureauPost(bureau_id=bureau_id, person_id=person.id, role=role))
    except IntegrityError:
        raise click.ClickException("this e-mail is taken, or there is no such bureau") from None
    click.echo(f"{email} / {password}")
