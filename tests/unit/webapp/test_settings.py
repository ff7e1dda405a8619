import pytest

from webapp.settings import BadSetting, Settings, WeakSecret

GOOD = {"FAMAI_SECRET_KEY": "kX3vQ9mZ1pL7rT5wY2bN8cD4fG6hJ0sA", "FAMAI_MASTER_KEY": "Zp8uR2tW6yE1qM4nB7vC3xK9jH5gF0dS"}

COMMON, PRIVILEGED = "postgresql://famai_login@db/famai", "postgresql://famai_privileged@db/famai"


def read(tmp_path, **env):
    base = {"FAMAI_DATA_DIR": str(tmp_path), "DATABASE_URL": COMMON, "FAMAI_PRIVILEGED_DATABASE_URL": PRIVILEGED}
    return Settings.from_env(base | GOOD | env)


@pytest.mark.parametrize("wrong", ["Production", "prod", "live", " production"])
def test_a_misspelt_environment_is_refused_and_not_taken_for_development(tmp_path, wrong):
    with pytest.raises(BadSetting, match="FAMAI_ENVIRONMENT"):
        read(tmp_path, FAMAI_ENVIRONMENT=wrong)


def test_a_trusted_proxy_that_is_no_address_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="FAMAI_TRUSTED_PROXIES"):
        read(tmp_path, FAMAI_TRUSTED_PROXIES="the-proxy")


@pytest.mark.parametrize("weak", ["12345678901234567890123456789012", "a" * 40, "short"])
def test_a_weak_secret_is_refused_in_production(tmp_path, weak):
    with pytest.raises(WeakSecret):
        read(tmp_path, FAMAI_ENVIRONMENT="production", FAMAI_SECRET_KEY=weak)


def test_one_secret_for_both_keys_is_refused_in_production(tmp_path):
    with pytest.raises(WeakSecret, match="differ"):
        read(tmp_path, FAMAI_ENVIRONMENT="production", FAMAI_MASTER_KEY=GOOD["FAMAI_SECRET_KEY"])


def test_the_worker_goes_past_the_pooler_where_a_line_of_its_own_is_named(tmp_path):
    direct = "postgresql://famai_privileged@db:5432/famai"
    assert read(tmp_path, FAMAI_WORKER_DATABASE_URL=direct).worker_lines == (COMMON, direct)
    assert read(tmp_path).worker_lines == (COMMON, PRIVILEGED)


def test_one_line_for_owners_and_officers_is_refused_in_production(tmp_path):
    with pytest.raises(BadSetting, match="FAMAI_PRIVILEGED_DATABASE_URL"):
        read(tmp_path, FAMAI_ENVIRONMENT="production", FAMAI_PRIVILEGED_DATABASE_URL="")
