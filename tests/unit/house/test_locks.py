"""Production installs what the product needs, in the versions that were tested, and no tool of its builders."""

import re
import tomllib

from tests.places import ROOT

LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
NAMED = re.compile(r"^[a-z0-9._-]+", re.IGNORECASE)


def locked(name):
    return dict(LOCKED.findall((ROOT / name).read_text(encoding="utf-8")))


def named(requirements):
    return {NAMED.match(one)[0].lower() for one in requirements}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_production_installs_the_versions_that_were_tested():
    assert locked("requirements.production.lock").items() <= locked("requirements.lock").items()


def test_production_installs_all_that_the_product_needs():
    assert named(project()["project"]["dependencies"]) <= locked("requirements.production.lock").keys()


def test_production_installs_no_tool_of_its_builders():
    tools = named(project()["dependency-groups"]["dev"]) - named(project()["project"]["dependencies"])
    assert tools & locked("requirements.production.lock").keys() == {"tinycss2"}, (
        "the renderer of PDFs reads CSS with it"
    )
