"""The `famai` command: parse, one call, print."""

import tenants.garbage  # noqa: F401 - what it says counts from here on

# isort: split
import click

from tenants.database import configure
from tenants.lazy_imports import lazily
from webapp import migrating
from webapp.commands import typed
from webapp.commands.lazy import MainGroup
from webapp.operating.reception import open_here
from webapp.serving import (
    can_play_stripe,
    register_command,
    stripe_command,
    with_played_register,
    with_played_stripe,
)
from webapp.serving import serve as serve_web
from webapp.settings import Settings

_demo = lazily("demo.commands")  # beside the product, not in it


@click.group(cls=MainGroup)
@click.version_option(package_name="famai")
def main() -> None:
    """Famai 法脉: free legal health checkups for small businesses."""


@main.command()
@click.option("--check", is_flag=True, help="Only compare the database with the code; writes nothing.")
def migrate(check: bool) -> None:
    """Bring the database to the newest schema and access matrix, and prove it."""
    settings = Settings.from_env()
    try:
        (migrating.check if check else migrating.migrate)(settings.admin_database_url)
    except migrating.SchemaFault as fault:
        raise click.ClickException(f"the database differs from the code\n{fault}") from fault
    if not check:
        configure(settings.worker_lines)  # past a pooler, which comes after the schema
        open_here(settings)
    click.echo("database: up to date")


@main.command()
@click.option("--host", default="127.0.0.1", type=typed.HOST, show_default=True)
@click.option("--port", default=8000, type=typed.PORT, show_default=True)
@click.option("--workers", default=2, type=typed.whole(1, 256), show_default=True)
@click.option("--with-worker", is_flag=True, help="Also run the job worker.")
@click.option("--demo", is_flag=True, help="Migrate, fill the demo city, print its log-ins first.")
def serve(host: str, port: int, workers: int, with_worker: bool, demo: bool) -> None:
    """Serve the web application."""
    settings = Settings.from_env()
    played = []
    if demo and settings.is_development and not settings.stripe_key and can_play_stripe():
        settings = with_played_stripe(settings, web_port=port)
        played.append(stripe_command(settings, web_port=port))
    if demo and settings.is_development and settings.register is None:
        settings = with_played_register(settings, web_port=port)
        played.append(register_command(settings))
    if demo:
        _demo.fill(settings)
        click.echo(f"Famai is ready on http://{host}:{port}")
    serve_web(settings, host=host, port=port, workers=workers, with_worker=with_worker, played=played)


if __name__ == "__main__":
    main()
