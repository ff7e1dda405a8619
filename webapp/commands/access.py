"""`famai access`: the access matrix as a page, so that the document cannot differ from the database."""

import click
from flask import Flask

from tenants.access.cells import Access
from tenants.access.matrix import MATRIX, PERMISSIONS
from tenants.database import Audience
from webapp.app import create_app
from webapp.settings import Settings

_SHORT = {"SELECT": "R", "INSERT": "A", "UPDATE": "C", "DELETE": "D"}


@click.command()
def access() -> None:
    """Print docs/access.md: tables by audience, routes by audience and permission."""
    click.echo(render_access(create_app(Settings.from_env())), nl=False)


def render_access(app: Flask) -> str:
    """The whole page as Markdown."""
    return "\n".join(
        [
            "# Who may do what",
            "",
            "Written by `famai access > docs/access.md` from `tenants/access/matrix.py` and the URL map.",
            "R read, A add, C change, D delete; in brackets: only so many columns. What is not here is refused.",
            "",
            "## Tables, by database role",
            "",
            *_tables(),
            "",
            "## Roles",
            "",
            *(f"* `{role}`: {', '.join(sorted(held))}" for role, held in PERMISSIONS.items()),
            "",
            "## Routes",
            "",
            *_routes(app),
            "",
        ]
    )


def _tables() -> list[str]:
    audiences = [one for one in Audience if any(a.audience is one for cells in MATRIX.values() for a in cells)]
    lines = ["| table | " + " | ".join(audiences) + " |", "|---" * (len(audiences) + 1) + "|"]
    for table in sorted(MATRIX):
        cells = ["; ".join(_cell(a) for a in MATRIX[table] if a.audience is one) for one in audiences]
        lines.append(f"| {table} | " + " | ".join(cells) + " |")
    return lines


def _cell(access_cell: Access) -> str:
    verbs = "".join(_SHORT[verb] for verb in access_cell.verbs)
    columns = access_cell.columns
    narrowed = f" ({len(columns)})" if columns else ""
    return f"{verbs}{narrowed} `{access_cell.predicate}`".replace("|", "\\|")


def _routes(app: Flask) -> list[str]:
    lines = ["| route | methods | audience | permission |", "|---|---|---|---|"]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static":
            continue
        view = app.view_functions[rule.endpoint]
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        audience, permission = getattr(view, "audience", "?"), getattr(view, "permission", None) or ""
        lines.append(f"| `{rule.rule}` | {methods} | {audience} | {permission} |")
    return lines
