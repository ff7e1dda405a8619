"""The bundle installs a city where no network is."""

import os
import shutil
import subprocess
import urllib.request

import pytest

from tests.machines import running, wait_for
from tests.places import ROOT
from tests.ports import free_port

# What the shell of a fresh machine has; no setting of ours, and no package index.
BARE = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
}
ALONE = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the code and its environment, made from the bundle with every network taken away."""
    folder = tmp_path_factory.mktemp("bundle")
    subprocess.run([ROOT / "bin/bundle", "--no-servers", folder / "famai.tar"], check=True, capture_output=True)
    subprocess.run(["tar", "-xf", folder / "famai.tar", "-C", folder], check=True)
    (unpacked,) = folder.glob("famai-*")
    python = {"PATH": f"{os.path.dirname(shutil.which('python3', path=os.environ['PATH']))}:{BARE['PATH']}"}
    command = [*ALONE, unpacked / "deploy/install", folder / "opt"]
    done = subprocess.run(command, env=BARE | python, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(unpacked)
    return folder / "opt"


def test_what_the_bundle_installs_serves_a_page(installed, tmp_path):
    famai, port = installed / ".venv/bin/famai", free_port()
    env = BARE | {"FAMAI_DATA_DIR": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path)}
    subprocess.run([famai, "migrate"], env=env, cwd=tmp_path, check=True, capture_output=True)
    with running(famai, "serve", "--port", str(port), env=env, cwd=tmp_path):
        page = wait_for(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode())
    assert "法治体检" in page
