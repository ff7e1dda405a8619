"""`famai translations`: compile the words on the screen; tell whether each has its English."""

from pathlib import Path

import click

from tenants.translation import catalogues
from webapp.commands import typed


@click.command()
@click.option("--check", "template", type=typed.FILE, metavar="POT")
def translations(template: Path | None) -> None:
    """Compile the catalogues. With --check: compare them with a fresh `pybabel extract`, and fail where they differ."""
    if template is None:
        catalogues.compile_catalogues()
        return
    try:
        found = catalogues.read_template(template)
    except ValueError:
        raise click.ClickException(f"{template.name}: no template of messages") from None
    faults = catalogues.compare(found, catalogues.read_english())
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.exceptions.Exit(1)
