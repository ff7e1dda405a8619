"""Processes beside the web: started again when they die, gone when `serve` is gone."""

import os
import subprocess
import sys
import threading

from tests.places import ROOT
from webapp import serving
from webapp.serving import Child
from webapp.settings import Settings

MARKS = "import sys; open(sys.argv[1], 'a').write('x')"
WAITS = "import threading; threading.Event().wait()"
WATCHES = f"from webapp.serving import end_with_parent; end_with_parent(); {WAITS}"


def test_a_process_that_dies_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "_RESTART_SECONDS", 0.01)
    marks = tmp_path / "marks"
    child = Child([sys.executable, "-c", MARKS, str(marks)])
    while not (marks.exists() and len(marks.read_text()) >= 2):
        threading.Event().wait(0.01)
    child.stop()


def test_a_process_that_is_stopped_stays_so(monkeypatch):
    monkeypatch.setattr(serving, "_RESTART_SECONDS", 0.01)
    child = Child([sys.executable, "-c", WAITS])
    child.stop()
    assert child._process.poll() is not None


def test_a_process_ends_when_its_parent_was_killed(monkeypatch):
    parent = subprocess.Popen([sys.executable, "-c", WAITS])
    env = os.environ | {"FAMAI_PARENT_PID": str(parent.pid)}
    child = subprocess.Popen([sys.executable, "-c", WATCHES], cwd=ROOT, env=env)
    parent.kill()
    parent.wait()
    assert child.wait(timeout=60) == 1


def test_the_played_register_stands_at_a_port_beside_the_webs(tmp_path):
    env = {"FAMAI_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://db/famai"}
    for web_port, port in ((8000, "9001"), (65_535, "64534")):
        made = serving.with_played_register(Settings.from_env(env), web_port=web_port)
        assert made.register.url.endswith(f":{port}")
        assert serving.register_command(made)[-1] == port
