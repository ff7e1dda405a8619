import pytest
from click.testing import CliRunner

from webapp.cli import main

PRODUCTION = {
    "FAMAI_ENVIRONMENT": "production",
    "FAMAI_SECRET_KEY": "kX3vQ9mZ1pL7rT5wY2bN8cD4fG6hJ0sA",
    "FAMAI_MASTER_KEY": "Zp8uR2tW6yE1qM4nB7vC3xK9jH5gF0dS",
    "DATABASE_URL": "postgresql://famai_login@127.0.0.1:1/none",
    "FAMAI_PRIVILEGED_DATABASE_URL": "postgresql://famai_privileged@127.0.0.1:1/none",
    "FAMAI_NOW": None,  # a clock that stands is refused there too
}


@pytest.mark.parametrize(
    "asked", [["demo"], ["simulate"], ["serve", "--demo", "--port", "1"]], ids=lambda a: " ".join(a)
)
def test_no_city_of_known_passwords_is_filled_in_production(tmp_path, asked):
    done = CliRunner().invoke(main, asked, env=PRODUCTION | {"FAMAI_DATA_DIR": str(tmp_path)})
    assert done.exit_code == 1
    assert "not in production" in done.output
