"""A city is set up by `famai setup`: roles, secrets, checks in words, and the page of the first bureau."""

import datetime as dt
import shlex
from dataclasses import replace

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from checkup.report.signature import LIFE, make_certificate
from tenants import database
from tenants.access.sql import LOGIN_ROLE, PRIVILEGED_ROLE
from tenants.clock import now
from tenants.database import Audience
from tests.reading import Browser
from tests.visits import log_in
from webapp import migrating
from webapp.app import create_app
from webapp.cli import main
from webapp.operating.checks import check_installation
from webapp.operating.first_run_links import make_link
from webapp.operating.roles import faults_of_roles
from webapp.settings import Settings

NAME = "set_up_city"
BUREAU = {
    "name": "新城司法局",
    "name_en": "New City Bureau",
    "district": "",
    "officer": "首位",
    "email": "first@new-city.example",
    "password": "tall-trees-in-rain-1",
}


def on_server(settings, statement, *names):
    with psycopg.connect(settings.admin_database_url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def made(settings, tmp_path_factory):
    """The file of settings that `famai setup new` writes, on a server that other cities share."""
    file = tmp_path_factory.mktemp("setup") / "famai.env"
    asked = ["setup", "new", str(file), "--as", settings.admin_database_url, "--public-url", "https://city.example"]
    result = CliRunner().invoke(main, [*asked, "--database", NAME, "--renew"])
    assert result.exit_code == 0, result.output
    yield file
    on_server(settings, "DROP DATABASE {} WITH (FORCE)", NAME)


def test_an_engine_that_takes_values_as_they_stand_reads_the_same_as_a_shell(made):
    lines = [
        line for line in made.read_text(encoding="ascii").splitlines() if "&" not in line
    ]  # of the embedded server
    assert len(lines) > 4
    assert [shlex.split(line) for line in lines] == [[line] for line in lines]


@pytest.fixture(scope="module")
def env(made, tmp_path_factory):
    values = dict(line.split("=", 1) for line in shlex.split(made.read_text(encoding="ascii")))
    return values | {"FAMAI_DATA_DIR": str(tmp_path_factory.mktemp("data"))}


@pytest.fixture(scope="module")
def city(env, settings):
    """The new city, migrated by the role that owns its tables, in which the tests of this module work."""
    # The tests' clock stands, which production refuses; all else is as the file says.
    found = Settings.from_env(env | {"FAMAI_ENVIRONMENT": "development"})
    migrating.migrate(found.admin_database_url)
    database.configure(found.lines)
    yield found
    database.configure(settings.lines)


@pytest.fixture(scope="module")
def visitor(city):
    app = create_app(city)
    app.config.update(WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    return app.test_client()


@pytest.fixture
def link(city):
    return make_link(city).removeprefix(city.public_url)


def test_the_file_of_secrets_is_for_its_owner_alone(made):
    assert made.stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_is_never_written_over(made, settings):
    asked = ["setup", "new", str(made), "--as", settings.admin_database_url, "--public-url", "https://city.example"]
    before = made.read_bytes()
    result = CliRunner().invoke(main, [*asked, "--database", NAME, "--renew"])
    assert (result.exit_code, made.read_bytes()) == (1, before)


def test_roles_that_are_there_get_no_new_password_unasked(settings, made, tmp_path):
    asked = ["setup", "new", str(tmp_path / "x.env"), "--as", settings.admin_database_url, "--public-url", "https://x"]
    result = CliRunner().invoke(main, [*asked, "--database", NAME])
    assert result.exit_code == 1
    assert "--renew" in result.output
    assert not (tmp_path / "x.env").exists()


def faults_of(city, **other):
    made = replace(city, **other)
    return list(faults_of_roles(made.lines, made.admin_database_url, made.backup_database_url))


def test_the_roles_that_were_made_have_no_right_too_many_and_none_too_few(city):
    assert faults_of(city) == []


def test_one_line_that_may_put_on_every_role_is_found_out(city):
    found = faults_of(city, privileged_database_url=city.database_url)
    assert found == [
        "famai_login is a member of "
        "famai_client, famai_delegate, famai_firm, famai_helper, famai_owner, famai_partner, famai_provider, "
        "famai_public, famai_self",
        "famai_login is no member of famai_auth, famai_bureau, famai_operator, famai_worker",
    ]


def test_a_login_that_owns_the_tables_is_found_out(city):
    assert any("owns tables" in fault for fault in faults_of(city, database_url=city.admin_database_url))


def test_a_copy_by_a_role_that_row_level_security_holds_back_is_found_out(city):
    assert any("not be whole" in fault for fault in faults_of(city, backup_database_url=city.database_url))


@pytest.mark.parametrize("name", [LOGIN_ROLE, PRIVILEGED_ROLE, *(audience.role for audience in Audience)])
def test_an_owner_with_the_name_of_an_audience_is_refused(settings, name):
    engine = migrating.admin_engine(settings.admin_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET ROLE {name}")
        with pytest.raises(migrating.SchemaFault, match="name of an audience"):
            migrating.upgrade(connection)
    engine.dispose()


def test_each_point_is_said_in_words(city):
    points = {point.name: point.fault for point in check_installation(city)}
    assert points["roles"] == points["schema"] == points["worker's line"] == points["files"] == ""
    assert points["mail"].startswith("no channel")
    assert "FAMAI_TRUSTED_PROXIES" in points["proxy"]


def test_a_worker_behind_a_pooler_without_a_line_of_its_own_is_red(city):
    points = {point.name: point.fault for point in check_installation(replace(city, has_pooler=True))}
    assert "FAMAI_WORKER_DATABASE_URL" in points["worker's line"]


def test_a_city_without_a_certificate_is_red(city):
    points = {point.name: point.fault for point in check_installation(replace(city, environment="production"))}
    assert "FAMAI_SIGNING_CERTIFICATE" in points["signing"]


@pytest.mark.parametrize(("days", "fault"), [(4000, ""), (29, "ends in 29 days"), (-1, "ends in -1 days")])
def test_a_certificate_that_soon_ends_is_red(city, tmp_path, days, fault):
    file = tmp_path / "signing.pem"
    make_certificate(file, holder="x", now=now() - LIFE + dt.timedelta(days=days, minutes=1))
    points = {point.name: point.fault for point in check_installation(replace(city, signing_certificate=file))}
    assert points["signing"] == fault if not fault else fault in points["signing"]


def test_a_certificate_that_does_not_open_is_red_and_says_which_file(city, tmp_path):
    (tmp_path / "x.p12").write_bytes(b"nothing")
    points = {
        point.name: point.fault for point in check_installation(replace(city, signing_certificate=tmp_path / "x.p12"))
    }
    assert "x.p12" in points["signing"]


def test_a_mail_server_that_is_not_there_is_red_and_stops_no_other_check(city):
    gone = replace(city, smtp_url="smtp://127.0.0.1:1", mail_from="a@city.example")
    points = {point.name: point.fault for point in check_installation(gone)}
    assert "Connection refused" in points["mail"]
    assert "fonts" in points


def test_a_weak_secret_is_said_in_a_line(env):
    result = CliRunner().invoke(main, ["setup"], env=env | {"FAMAI_SECRET_KEY": "short", "FAMAI_NOW": ""})
    assert result.exit_code == 1
    assert "✗ settings" in result.output
    assert "FAMAI_SECRET_KEY" in result.output


def test_setting_up_prints_the_link_to_the_first_page(env, city):
    result = CliRunner().invoke(main, ["setup"], env=env | {"FAMAI_ENVIRONMENT": "development"})
    database.configure(city.lines)
    assert "https://city.example/first-run/" in result.output


def test_a_link_that_this_installation_did_not_sign_opens_nothing(visitor):
    assert visitor.get("/first-run/made-up").status_code == 404
    assert visitor.post("/first-run/made-up", data=BUREAU).status_code == 404


def test_a_link_of_the_day_before_opens_nothing(visitor, city, monkeypatch):
    monkeypatch.setattr("webapp.operating.first_run_links.LINK_SECONDS", -1)
    assert visitor.get(make_link(city).removeprefix(city.public_url)).status_code == 404


def test_a_weak_password_is_refused_on_the_first_page(visitor, link):
    answer = visitor.post(link, data=BUREAU | {"password": "short"})
    assert answer.status_code == 422
    assert BUREAU["name"] in answer.text


def test_the_first_officer_comes_in_and_the_link_is_dead(visitor, link):
    assert visitor.post(link, data=BUREAU).status_code == 302
    assert (visitor.get(link).status_code, visitor.post(link, data=BUREAU).status_code) == (410, 410)
    assert log_in(visitor.application, BUREAU["email"], BUREAU["password"])


def test_after_the_first_bureau_setting_up_prints_no_link(env, city, visitor, link):
    visitor.post(link, data=BUREAU)
    result = CliRunner().invoke(main, ["setup"], env=env | {"FAMAI_ENVIRONMENT": "development"})
    database.configure(city.lines)
    assert "first-run" not in result.output
