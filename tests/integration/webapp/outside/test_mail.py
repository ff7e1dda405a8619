"""E-mail against a real SMTP server on loopback."""

from dataclasses import replace
from email import message_from_string, policy

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.messages import GIVEN_UP_AFTER, try_again
from tenants.models import Firm, Message
from tests.post_office import open_post_office
from webapp.commands.channels import mail
from webapp.outside.mail import send_mail
from webapp.outside.message_delivery import deliver
from webapp.outside.sms import NotSent


@pytest.fixture
def post_office():
    with open_post_office() as taken:
        yield taken


@pytest.fixture
def firm_id(settings):
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return (
            session.scalars(select(Firm.id).where(Firm.state == "active")).first()
            or session.scalars(select(Firm.id)).first()
        )


def production(settings, url=""):
    return replace(settings, environment="production", smtp_url=url, mail_from="famai@city.example")


def queue(firm_id, to="he@firm.example", **more):
    values = {"channel": "email", "template": "invitation", "subject": "请来", "body": "https://city.example/i/1"}
    values["queued_at"] = now()
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
        message = Message(firm_id=firm_id, owner_id=None, recipient=to, **(values | more))
        session.add(message)
        session.flush()
        return message.id


def read(firm_id, message_id):
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
        return session.scalars(select(Message).where(Message.id == message_id)).one()


def deliver_one(made, firm_id, message_id):
    deliver(made, scope=Scope(Audience.WORKER, firm_id=firm_id), message_id=message_id)


def test_an_e_mail_leaves_production_by_smtp_and_is_delivered_once(settings, firm_id, post_office):
    message_id = queue(firm_id)
    for _ in range(2):
        deliver_one(production(settings, post_office.url), firm_id, message_id)
    ((sender, receivers, content),) = post_office.mails
    assert (sender, receivers) == ("famai@city.example", ["he@firm.example"])
    assert f"Message-ID: <{message_id}@city.example>" in content
    assert read(firm_id, message_id).delivered_at is not None


def test_the_sender_bears_the_name_of_the_firm(settings, firm_id, post_office):
    deliver_one(production(settings, post_office.url), firm_id, queue(firm_id))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        name = session.get_one(Firm, firm_id).name
    sender = message_from_string(post_office.mails[0][2], policy=policy.default)["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (name, "famai@city.example")


def test_a_text_whose_number_is_gone_is_not_called_delivered(settings, firm_id):
    message_id = queue(firm_id, channel="sms")
    with pytest.raises(NotSent):
        deliver_one(production(settings), firm_id, message_id)
    assert read(firm_id, message_id).delivered_at is None


def test_a_note_on_the_owners_page_needs_no_way_out(settings, firm_id):
    message_id = queue(firm_id, channel="page")
    deliver_one(production(settings), firm_id, message_id)
    assert read(firm_id, message_id).delivered_at is not None


def test_without_a_channel_production_delivers_nothing_and_says_why(settings, firm_id):
    message_id = queue(firm_id)
    with pytest.raises(NotSent):
        deliver_one(production(settings), firm_id, message_id)
    message = read(firm_id, message_id)
    assert (message.delivered_at, message.tries) == (None, 1)
    assert "FAMAI_SMTP_URL" in message.fault


def test_a_refused_address_is_told_with_the_servers_words(settings, firm_id, post_office):
    message_id = queue(firm_id, to="nobody@firm.example")
    with pytest.raises(NotSent, match="no such mailbox"):
        deliver_one(production(settings, post_office.url), firm_id, message_id)
    assert "no such mailbox" in read(firm_id, message_id).fault


def test_what_had_no_way_out_is_tried_again_and_then_leaves(settings, firm_id, post_office):
    message_id = queue(firm_id, queued_at=now() - GIVEN_UP_AFTER / 2)
    with pytest.raises(NotSent):
        deliver_one(production(settings), firm_id, message_id)
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
        assert try_again(session, firm_id=firm_id, now=now()) >= 1
    deliver_one(production(settings, post_office.url), firm_id, message_id)
    assert read(firm_id, message_id).delivered_at is not None


def test_after_days_without_a_way_out_a_message_is_given_up_and_not_called_delivered(settings, firm_id):
    message_id = queue(firm_id, queued_at=now() - 2 * GIVEN_UP_AFTER)
    with pytest.raises(NotSent):
        deliver_one(production(settings), firm_id, message_id)
    message = read(firm_id, message_id)
    assert message.delivered_at is None
    assert message.failed_at is not None


def test_a_subject_with_a_line_break_adds_no_header(settings, post_office):
    with pytest.raises(NotSent):
        made = production(settings, post_office.url)
        send_mail(made, "he@firm.example", subject="x\r\nBcc: all@city.example", body="", key="k")
    assert post_office.mails == []


def test_a_server_elsewhere_without_tls_gets_nothing(settings):
    with pytest.raises(NotSent):
        send_mail(production(settings, "smtp://[::ffff:127.0.0.1]:1"), "a@b.example", subject="", body="", key="k")


def test_the_operator_tries_the_channel_by_a_command(monkeypatch, tmp_path, post_office):
    env = {"FAMAI_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://famai_login@127.0.0.1/none"}
    env |= {"FAMAI_SMTP_URL": post_office.url, "FAMAI_MAIL_FROM": "famai@city.example"}
    done = CliRunner().invoke(mail, ["test", "zhou@city.example"], env=env)
    assert (done.exit_code, done.output) == (0, "the server took a message for zhou@city.example\n")
    assert len(post_office.mails) == 1
    refused = CliRunner().invoke(mail, ["test", "zhou@city.example"], env=env | {"FAMAI_SMTP_URL": ""})
    assert refused.exit_code == 1
    assert "FAMAI_SMTP_URL" in refused.output
