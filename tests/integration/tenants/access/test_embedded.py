"""The embedded server as a start finds it."""

from tenants.access import embedded


def test_a_server_that_runs_and_still_recovers_is_waited_for(settings, tmp_path, monkeypatch):
    asked, ready = tmp_path / "asked", tmp_path / "pg_isready"
    ready.write_text(f"#!/bin/sh\necho >> {asked}\n[ $(wc -l < {asked}) -ge 3 ]\n", encoding="ascii")
    ready.chmod(0o700)
    monkeypatch.setattr(embedded, "tool", lambda name: str(ready))
    monkeypatch.setattr(embedded, "_PAUSE_SECONDS", 0)
    assert "host=" in embedded.start(settings.data_dir)
    assert len(asked.read_text(encoding="ascii").splitlines()) == 3
