"""Texts against a real HTTP server on loopback that speaks as the gateway does."""

import datetime as dt
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from tenants.database import Audience, Scope, unit_of_work
from tenants.login.rates import forget_counts
from tests.machines import Gateway
from webapp.app import create_app
from webapp.commands.channels import sms
from webapp.outside import text_caps
from webapp.outside.aliyun_sms import Account, canonical_query, sign
from webapp.outside.sms import NotSent, send_text
from webapp.outside.text_caps import OverCap, count_text

PHONE = "13800138000"


@pytest.fixture
def gateway():
    made = Gateway()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def aliyun(settings, gateway):
    return replace(
        settings,
        sms_url=f"aliyun+http://KEY:SE%2FCRET@127.0.0.1:{gateway.server_port}",
        sms_sign_name="法脉体检",
        sms_templates={"login_code": "SMS_1", "notice": "SMS_2"},
        sms_day_limit=3,
    )


@pytest.fixture(autouse=True)
def _nobody_was_counted(settings):
    with unit_of_work(Scope(Audience.WORKER)) as work:
        forget_counts(work, running_too=True)


def test_the_signature_is_the_one_of_the_gateways_own_example():
    """The fixed example in Alibaba Cloud's "Request syntax and signature method V3"."""
    account = Account("https", "ecs.cn-shanghai.aliyuncs.com", "YourAccessKeyId", "YourAccessKeySecret", "x", "y")
    query = {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"}
    headers = sign(
        account,
        canonical_query(query),
        nonce="3156853299f313e23d1673dc12e1703d",
        at=dt.datetime(2023, 10, 26, 10, 22, 32, tzinfo=dt.UTC),
        action="RunInstances",
        version="2014-05-26",
    )
    assert headers["Authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_code_travels_as_an_approved_template_under_the_approved_signature(aliyun, gateway):
    send_text(aliyun, PHONE, "", template="login_code", values={"code": "123456"}, key="k1")
    ((path, headers, body),) = gateway.taken
    sent = {name: value[0] for name, value in parse_qs(urlsplit(path).query).items()}
    assert sent == {
        "PhoneNumbers": PHONE,
        "SignName": "法脉体检",
        "TemplateCode": "SMS_1",
        "TemplateParam": '{"code":"123456"}',
        "OutId": "k1",
    }
    assert headers["x-acs-action"] == "SendSms"
    assert headers["Authorization"].startswith("ACS3-HMAC-SHA256 Credential=KEY,SignedHeaders=host;x-acs-action;")
    assert body == ""


def test_what_the_gateway_refuses_is_not_called_sent(aliyun, gateway):
    gateway.says = {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "day limit"}
    with pytest.raises(NotSent, match="BUSINESS_LIMIT_CONTROL"):
        send_text(aliyun, PHONE, "", template="login_code", values={"code": "1"})


def test_a_text_without_an_approved_template_is_not_sent(aliyun, gateway):
    with pytest.raises(NotSent, match="FAMAI_SMS_TEMPLATES"):
        send_text(aliyun, PHONE, "", template="letter_code", values={"code": "1"})
    assert gateway.taken == []


def test_a_gateway_of_plain_json_gets_number_and_text(settings, gateway):
    send_text(replace(settings, sms_url=gateway.url, sms_token="t"), PHONE, "您的验证码123456", key="k2")
    ((_, headers, body),) = gateway.taken
    assert json.loads(body) == {"to": PHONE, "text": "您的验证码123456"}
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer t", "k2")


@pytest.mark.parametrize("most", ["MOST_PER_PHONE", "MOST_PER_ADDRESS"])
def test_one_phone_and_one_address_have_a_days_cap(aliyun, monkeypatch, most):
    monkeypatch.setattr(text_caps, most, 1)
    count_text(aliyun, PHONE, address="192.0.2.1")
    with pytest.raises(OverCap):
        count_text(aliyun, PHONE, address="192.0.2.1")


def test_the_city_has_a_days_cap_on_what_texts_cost(aliyun):
    for number in range(3):
        count_text(aliyun, f"1380013800{number}")
    with pytest.raises(OverCap, match="city"):
        count_text(aliyun, "13800138009")


def test_thirty_in_one_hall_get_their_codes(app, settings):
    """One Wi-Fi is one address: each asks for a code to her own phone, within one minute."""
    statuses = set()
    for number in range(30):
        answer = app.test_client().post("/me/phone", data={"phone": f"138001390{number:02d}"})
        statuses.add(answer.status_code)
    assert statuses == {200}


def test_twenty_five_visitors_behind_one_proxy_get_their_codes(settings):
    """Behind a proxy that is named, each is counted by her own address; the proxy's own counts for nobody."""
    made = create_app(replace(settings, trusted_proxies=("127.0.0.1",), door_limit="2/minute"))
    made.config.update(WTF_CSRF_ENABLED=False)
    seen = set()
    for number in range(25):
        headers = {"X-Forwarded-For": f"203.0.113.{number + 1}"}
        answer = made.test_client().post("/me/phone", data={"phone": f"138001391{number:02d}"}, headers=headers)
        seen.add(answer.status_code)
    assert seen == {200}


def test_the_operator_tries_the_channel_by_a_command(settings, gateway):
    env = settings.same_city() | {"FAMAI_SMS_URL": gateway.url, "FAMAI_SMS_TOKEN": "t"}
    done = CliRunner().invoke(sms, ["test", PHONE], env=env)
    assert (done.exit_code, done.output) == (0, f"the gateway took a text for {PHONE}\n")
    assert json.loads(gateway.taken[0][2])["to"] == PHONE
    refused = CliRunner().invoke(sms, ["test", PHONE], env=env | {"FAMAI_SMS_URL": ""})
    assert (refused.exit_code, refused.output) == (1, "Error: no channel for texts: set FAMAI_SMS_URL\n")
