"""Servers that the bench measures."""

import socket
import sys

import pytest

from bench import city


def test_nothing_is_measured_where_something_else_answers(monkeypatch):
    monkeypatch.setattr(city, "_PATIENCE", 0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(RuntimeError, match=f"something else answers at port {port}"),
            city.running([sys.executable, "-c", ""], {}, port=port, path="/"),
        ):
            pass
