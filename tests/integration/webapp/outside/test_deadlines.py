"""Whoever answers by the byte, and never to the end, holds up neither the door that sends a text nor the worker."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from webapp.outside import aliyun_sms, mail, sms
from webapp.outside.mail import send_mail
from webapp.outside.sms import NotSent, send_text

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


def test_a_mail_server_that_drips_is_given_up(settings, dripping, monkeypatch):
    monkeypatch.setattr(mail, "IN_ALL", 0.3)
    city = replace(settings, smtp_url=f"smtp://127.0.0.1:{dripping(b'220 ')}", mail_from="a@b.example")
    with pytest.raises(NotSent):
        send_mail(city, "c@d.example", subject="x", body="y", key="k")
