"""`famai demo` and `famai simulate`: a city to look at, and a year of one for load and scale."""

import time

import click

from demo import city
from demo.statistics import fill_statistics
from demo.steering import fill_steering
from demo.year import simulate_year
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.firms.directory import list_firms
from webapp import migrating
from webapp.commands import typed
from webapp.settings import Settings
from webapp.tasks.bureaus import count_homes

SEED = 20261124


def _refuse_production(settings: Settings) -> None:
    if not settings.is_development:
        raise click.ClickException("not in production: a synthetic city does not belong among real people")


@click.command()
@click.option("--seed", default=SEED, type=typed.SEED, show_default=True)
def demo(seed: int) -> None:
    """Fill the demo city; a second run changes nothing."""
    fill(Settings.from_env(), seed)


def fill(settings: Settings, seed: int = SEED) -> None:
    """Migrate, fill, and print the city's log-ins. Raises: ClickException in production, as the log-ins are known."""
    _refuse_production(settings)
    migrating.migrate(settings.admin_database_url)
    configure(settings.lines)
    for line in city.fill(settings, seed=seed):
        click.echo(line)
    fill_statistics(settings, seed=seed)
    fill_steering()


@click.command()
@click.option("--checkups", default=100, show_default=True, type=typed.whole(1, 100_000_000))
@click.option("--seed", default=1, type=typed.SEED, show_default=True)
@click.option("--firms", default=60, show_default=True, type=typed.whole(1, 100_000))
@click.option("--lawyers", default=10, show_default=True, type=typed.whole(1, 10_000), help="Lawyers of each firm.")
def simulate(checkups: int, seed: int, firms: int, lawyers: int) -> None:
    """Write synthetic businesses, answered, scored and mostly signed, spread over sixteen districts and a year.

    Rows are written in bulk as the owner of the tables; not for a database that holds real people.
    """
    settings = Settings.from_env()
    _refuse_production(settings)
    migrating.migrate(settings.admin_database_url)
    configure(settings.lines)
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        is_empty = not list_firms(session)
    if is_empty:
        city.open_city(settings)
    began = time.perf_counter()
    simulate_year(settings, checkups=checkups, seed=seed, firms=firms, lawyers=lawyers, until=now())
    count_homes(settings)
    click.echo(f"{checkups} checkups of {firms} firms in {time.perf_counter() - began:.1f} s")
