"""`famai setup`: look at everything a city needs, make its secrets and its database's roles, open its first door."""

import base64
import re
import secrets
import shlex
from pathlib import Path

import click
import psycopg
from psycopg.conninfo import conninfo_to_dict

from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.files import write_private
from tenants.login.first_run import has_begun
from webapp.commands import typed
from webapp.operating.checks import Point, check_installation
from webapp.operating.first_run_links import make_link
from webapp.operating.roles import RoleExists, make_roles
from webapp.settings import BadSetting, Settings, StandingClock, WeakSecret

_WIDTH = 14

_PLAIN = re.compile(r"[\w@%+=:,./?-]+")


@click.group(invoke_without_command=True)
@click.pass_context
def setup(context: click.Context) -> None:
    """Look at everything a city needs, a line each; ends with 1 while one is red.

    While there is no bureau yet it also prints the link to the page for the first one, which works once.
    """
    if context.invoked_subcommand is not None:
        return
    try:
        settings = Settings.from_env()
    except (BadSetting, StandingClock, WeakSecret) as fault:
        _say(Point("settings", str(fault)))
        raise SystemExit(1) from fault
    points = list(check_installation(settings))
    for point in points:
        _say(point)
    if not any(point.fault for point in points if point.name in ("database", "roles", "schema")):
        _offer_first_run(settings)
    raise SystemExit(1 if any(point.fault for point in points) else 0)


def _say(point: Point) -> None:
    sign = click.style("✗", fg="red") if point.fault else click.style("✓", fg="green")
    click.echo(f"{sign} {point.name:<{_WIDTH}} {point.fault or point.note or 'ok'}")


def _offer_first_run(settings: Settings) -> None:
    configure(settings.worker_lines)
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        begun = has_begun(work)
    if not begun:
        click.echo(f"\nfirst bureau and officer, once, within a day:\n{make_link(settings)}")


@setup.command("new")
@click.argument("file", type=typed.NEW_FILE)
@click.option(
    "--as",
    "superuser",
    type=typed.RAW,
    required=True,
    help="URL of a role that may create roles, as the server's postgres.",
)
@click.option("--public-url", type=typed.address(), required=True, help="The city's address: https://…")
@click.option("--database", default="famai", type=typed.DATABASE, show_default=True)
@click.option(
    "--pooler", type=typed.SERVER, help="host:port of a PgBouncer in transaction mode; also writes its userlist.txt."
)
@click.option(
    "--trust", type=typed.NETWORKS, help="Address or network of the TLS proxy, whose X-Forwarded-For is believed."
)
@click.option("--renew", is_flag=True, help="Roles that are there already get new passwords.")
def new(
    file: Path, superuser: str, public_url: str, database: str, pooler: str | None, trust: str | None, renew: bool
) -> None:
    """Make roles, database and secrets, and write them to FILE (mode 0600): settings to start from."""
    for one in (file, file.with_name("userlist.txt")):
        if one.exists():
            raise _is_there(one)
    try:
        roles = make_roles(superuser, database=database, renew=renew)
    except RoleExists as known:
        raise click.ClickException(f"{known}: on this server already; --renew gives new passwords") from None
    except psycopg.Error as error:
        raise click.ClickException(f"database: {str(error).strip()}") from None
    values = {
        "FAMAI_ENVIRONMENT": "production",
        "FAMAI_PUBLIC_URL": public_url.rstrip("/"),
        "FAMAI_SECRET_KEY": secrets.token_urlsafe(48),
        "FAMAI_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "FAMAI_METRICS_TOKEN": secrets.token_urlsafe(32),
        "FAMAI_TRUSTED_PROXIES": trust or "",
        "DATABASE_URL": roles.login,
        "FAMAI_PRIVILEGED_DATABASE_URL": roles.privileged,
        "FAMAI_ADMIN_DATABASE_URL": roles.tables,
        "FAMAI_BACKUP_DATABASE_URL": roles.backup,
    }
    if pooler:
        values |= {"FAMAI_POOLER": "transaction", "FAMAI_WORKER_DATABASE_URL": roles.privileged}
        users = {name: _user_of(values[name]) for name in ("DATABASE_URL", "FAMAI_PRIVILEGED_DATABASE_URL")}
        values |= {
            name: f"postgresql://{user}:{password}@{pooler}/{database}" for name, (user, password) in users.items()
        }
        listed = "".join(f'"{user}" "{password}"\n' for user, password in users.values())
        _keep(file.with_name("userlist.txt"), listed)
    _keep(file, "".join(f"{name}={_quoted(value)}\n" for name, value in values.items() if value))
    click.echo(f"{file}: written; keep FAMAI_MASTER_KEY in a safe as well: without it every answer is lost")


def _quoted(value: str) -> str:
    """For a shell that reads the file; where it needs none, none, for container engines take a value as it stands."""
    return value if _PLAIN.fullmatch(value) else shlex.quote(value)


def _user_of(url: str) -> tuple[str, str]:
    parts = conninfo_to_dict(url)
    return str(parts["user"]), str(parts["password"])


def _keep(file: Path, text: str) -> None:
    if not write_private(file, text.encode("ascii")):
        raise _is_there(file)


def _is_there(file: Path) -> click.ClickException:
    return click.ClickException(f"{file} is there already; its secrets open what they sealed")
