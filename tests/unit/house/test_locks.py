"""Production installs what the product needs, in the versions that were tested, and no tool of its builders."""

import re
import tomllib

import pytest

from tests.places import ROOT

LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
NAMED = re.compile(r"^[a-z0-9._-]+", re.IGNORECASE)


def locked(name):
    return dict(LOCKED.findall((ROOT / name).read_text(encoding="utf-8")))


def named(requirements):
    return {NAMED.match(one)[0].lower() for one in requirements if isinstance(one, str)}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_production_installs_the_versions_that_were_tested():
    assert locked("requirements.production.lock").items() <= locked("requirements.lock").items()


def test_production_installs_all_that_the_product_needs():
    assert named(project()["project"]["dependencies"]) <= locked("requirements.production.lock").keys()


def test_production_installs_no_tool_of_its_builders():
    groups = project()["dependency-groups"]
    tools = named((*groups["dev"], *groups["demo"])) - named(project()["project"]["dependencies"])
    assert tools & locked("requirements.production.lock").keys() == {"tinycss2"}, (
        "the renderer of PDFs reads CSS with it"
    )


def test_production_can_install_the_product_from_its_folder_without_a_network():
    assert named(project()["dependency-groups"]["build"]) <= locked("requirements.production.lock").keys()


@pytest.mark.parametrize("file", ["deploy/Containerfile", "deploy/install", "docs/operators.md"])
def test_whatever_installs_production_takes_its_lock_and_the_folder_itself(file):
    """Templates, packs and statements lie beside the packages: what is copied away from them finds none."""
    text = " ".join((ROOT / file).read_text(encoding="utf-8").split())
    assert "--require-hashes -r requirements.production.lock" in text.replace('"$to/', "")
    assert re.search(r"--no-deps --no-build-isolation -e [.\"]", text)
    assert "requirements.lock" not in text
