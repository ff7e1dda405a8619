"""`famai simulate`: a year of a synthetic city, for load and scale."""

import time

import click

from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.firms.directory import list_firms
from webapp import migrating
from webapp.demo import city
from webapp.demo.year import simulate_year
from webapp.settings import Settings
from webapp.tasks.bureaus import count_homes


@click.command()
@click.option("--checkups", default=100, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True)
@click.option("--firms", default=60, show_default=True, type=click.IntRange(1))
@click.option("--lawyers", default=10, show_default=True, type=click.IntRange(1), help="Lawyers of each firm.")
def simulate(checkups: int, seed: int, firms: int, lawyers: int) -> None:
    """Write synthetic businesses, answered, scored and mostly signed, spread over sixteen districts and a year.

    Rows are written in bulk as the owner of the tables; not for a database that holds real people.
    """
    settings = Settings.from_env()
    if not settings.is_development:
        raise click.ClickException("not in production: a synthetic city does not belong among real people")
    migrating.migrate(settings.admin_database_url)
    configure(settings.database_url)
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        is_empty = not list_firms(session)
    if is_empty:
        city.open_city(settings)
    began = time.perf_counter()
    simulate_year(settings, checkups=checkups, seed=seed, firms=firms, lawyers=lawyers, until=now())
    count_homes(settings)
    click.echo(f"{checkups} checkups of {firms} firms in {time.perf_counter() - began:.1f} s")
