"""Whoever answers by the byte, and never to the end, holds up neither the door that sends a text nor the worker."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace

import pytest
import requests

from billing.stripe import gateway
from tenants.deadlines import in_time
from webapp.app import create_app
from webapp.outside import aliyun_sms, mail, openid, sms
from webapp.outside.mail import send_mail
from webapp.outside.sms import NotSent, send_text
from webapp.settings import OidcClient

DRIPS = 2_000


@pytest.fixture
def dripping():
    """Starts a server that begins its answer so and goes on a byte at a time; returns its port."""
    doors = []

    def start(begins):
        door = socket.create_server(("127.0.0.1", 0))
        doors.append(door)

        def serve():
            with suppress(OSError):
                line, _ = door.accept()
                line.sendall(begins)
                for _ in range(DRIPS):
                    line.sendall(b"x")
                    threading.Event().wait(0.02)

        threading.Thread(target=serve, daemon=True).start()
        return door.getsockname()[1]

    yield start
    for door in doors:
        door.close()


def test_a_gateway_that_drips_its_headers_is_given_up(settings, dripping, monkeypatch):
    monkeypatch.setattr(sms, "SECONDS", 0.3)
    port = dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    with pytest.raises(NotSent):
        send_text(replace(settings, sms_url=f"http://127.0.0.1:{port}/send", sms_token="t"), "13800138000", "x")  # noqa: S106


def test_a_gateway_that_drips_what_it_says_is_given_up(settings, dripping, monkeypatch):
    monkeypatch.setattr(aliyun_sms, "SECONDS", 0.3)
    port = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    city = replace(
        settings, sms_url=f"aliyun+http://K:S@127.0.0.1:{port}", sms_sign_name="x", sms_templates={"notice": "S"}
    )
    with pytest.raises(NotSent):
        send_text(city, "13800138000", "x")


def test_stripe_that_drips_what_it_says_is_given_up(dripping, monkeypatch):
    monkeypatch.setattr(gateway, "SECONDS", 0.3)
    port = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    with pytest.raises(gateway.StripeUnavailable):
        gateway.StripeGateway("sk_test", f"http://127.0.0.1:{port}").add_customer(key="k", metadata={})


def test_a_provider_of_single_sign_on_that_drips_holds_no_thread(settings, dripping, monkeypatch):
    monkeypatch.setattr(openid, "SECONDS", 0.3)
    port = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    city = replace(settings, oidc=OidcClient(f"http://127.0.0.1:{port}", "famai", "x"))
    answer = create_app(city).test_client().get("/auth/sso")
    assert (answer.status_code, "sso" in answer.text) == (422, True)


def test_one_that_drips_its_handshake_is_given_up(dripping):
    port = dripping(b"\x16\x03\x03\x40\x00")
    with in_time(0.3) as session, pytest.raises(requests.RequestException):
        session.get(f"https://127.0.0.1:{port}", timeout=10)


def test_a_mail_server_that_drips_its_handshake_is_given_up(settings, dripping, monkeypatch):
    monkeypatch.setattr(mail, "IN_ALL", 0.3)
    port = dripping(b"\x16\x03\x03\x40\x00")
    city = replace(settings, smtp_url=f"smtps://127.0.0.1:{port}", mail_from="a@b.example")
    with pytest.raises(NotSent):
        send_mail(city, "c@d.example", subject="x", body="y", key="k")


def test_a_mail_server_that_drips_is_given_up(settings, dripping, monkeypatch):
    monkeypatch.setattr(mail, "IN_ALL", 0.3)
    city = replace(settings, smtp_url=f"smtp://127.0.0.1:{dripping(b'220 ')}", mail_from="a@b.example")
    with pytest.raises(NotSent):
        send_mail(city, "c@d.example", subject="x", body="y", key="k")
