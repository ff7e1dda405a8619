"""`famai translations`: compile the words on the screen; tell whether each has its English."""

from pathlib import Path

import click

from tenants.translation import catalogues


@click.command()
@click.option("--check", "template", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="POT")
def translations(template: Path | None) -> None:
    """Compile the catalogues. With --check: compare them with a fresh `pybabel extract`, and fail where they differ."""
    if template is None:
        catalogues.compile_catalogues()
        return
    faults = catalogues.compare(catalogues.read_template(template), catalogues.read_english())
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.exceptions.Exit(1)
