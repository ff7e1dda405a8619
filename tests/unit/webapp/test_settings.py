import pytest

from webapp.settings import BadSetting, BusinessRegister, Settings, WeakSecret

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


WECHAT = {"FAMAI_WECHAT_APP_ID": "wx1", "FAMAI_WECHAT_SECRET": "s"}
SUISHENBAN = {
    "FAMAI_SUISHENBAN_ISSUER": "https://id.example/",
    "FAMAI_SUISHENBAN_CLIENT_ID": "famai",
    "FAMAI_SUISHENBAN_CLIENT_SECRET": "s",
}


REGISTER = {"FAMAI_REGISTER_URL": "https://register.example/look-up", "FAMAI_REGISTER_TOKEN": "t"}


def test_the_register_is_asked_where_it_is_said(tmp_path):
    assert read(tmp_path).register is None
    assert read(tmp_path, **REGISTER).register == BusinessRegister("https://register.example/look-up", "t")


@pytest.mark.parametrize("missing", REGISTER)
def test_half_of_what_the_register_needs_is_refused(tmp_path, missing):
    with pytest.raises(BadSetting, match=missing):
        read(tmp_path, **REGISTER | {missing: ""})


@pytest.mark.parametrize("token", ["令牌", "a\nb"])
def test_a_token_that_no_header_can_hold_is_refused(tmp_path, token):
    with pytest.raises(BadSetting, match="FAMAI_REGISTER_TOKEN"):
        read(tmp_path, **REGISTER | {"FAMAI_REGISTER_TOKEN": token})


def test_no_code_of_a_business_goes_out_without_tls_in_production(tmp_path):
    with pytest.raises(BadSetting, match="FAMAI_REGISTER_URL"):
        read(tmp_path, FAMAI_ENVIRONMENT="production", **REGISTER | {"FAMAI_REGISTER_URL": "http://register.example"})


def test_without_their_settings_there_is_no_sign_in_but_by_phone(tmp_path):
    assert (read(tmp_path).wechat, read(tmp_path).suishenban) == (None, None)


def test_wechat_is_asked_where_it_is_and_suishenban_where_it_is_said(tmp_path):
    made = read(tmp_path, **WECHAT, **SUISHENBAN)
    assert (made.wechat.page_url, made.wechat.api_url) == ("https://open.weixin.qq.com", "https://api.weixin.qq.com")
    assert made.suishenban.issuer == "https://id.example"


@pytest.mark.parametrize("missing", [*WECHAT, *SUISHENBAN])
def test_half_of_what_another_sign_in_needs_is_refused(tmp_path, missing):
    given = WECHAT if missing in WECHAT else SUISHENBAN
    with pytest.raises(BadSetting, match=missing):
        read(tmp_path, **given | {missing: ""})


@pytest.mark.parametrize("name", ["FAMAI_WECHAT_PAGE_URL", "FAMAI_WECHAT_API_URL", "FAMAI_SUISHENBAN_ISSUER"])
@pytest.mark.parametrize(("url", "environment"), [("http://id.example", "production"), ("id.example", "development")])
def test_a_secret_goes_to_no_address_that_is_none_or_in_production_without_tls(tmp_path, name, url, environment):
    with pytest.raises(BadSetting, match=name):
        read(tmp_path, FAMAI_ENVIRONMENT=environment, **WECHAT | SUISHENBAN | {name: url})
