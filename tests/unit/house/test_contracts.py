"""Every contract of `pyproject.toml` is kept, and broken by a planted fault: none of them holds by being blind."""

from copy import deepcopy

import grimp
import pytest
from importlinter import configuration
from importlinter.application import use_cases
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

from tests.places import ROOT
from tests.rooms import STOREYS, find_circle, house_imports

KINDS = {"layers": LayersContract, "independence": IndependenceContract, "forbidden": ForbiddenContract}


def read_contracts():
    configuration.configure()
    found = use_cases.read_user_options(str(ROOT / "pyproject.toml")).contracts_options
    return {
        one["name"]: KINDS[one["type"]](
            one["name"], {"root_packages": STOREYS, "include_external_packages": "True"}, one
        )
        for one in found
    }


CONTRACTS = read_contracts()
# Contract → an import that it must refuse.
PLANTED = {
    "Always down": ("tenants.clock", "webapp.settings"),
    "Rooms of the work": ("checkup.packs.values", "checkup.owner.export"),
    "Rooms of money": ("billing.books.money", "billing.stripe.gateway"),
    "Rooms of the bureau": ("bureau.hours.totals", "bureau.reports.files"),
    "Rooms of statistics": ("cloud.cubes.cells", "cloud.releases.releases"),
    "Rooms of the floor": ("tenants.typed.text", "tenants.login.sessions"),
    "Rooms of the edge": ("webapp.edge.i18n", "webapp.views.public.public"),
    "Audiences do not import each other": ("webapp.views.owner.letter", "webapp.views.lawyer.hours"),
    "Vendors behind one door": ("billing.books.ledger", "stripe"),
    "Only the edge knows HTTP": ("checkup.cases.checkups", "flask"),
}
EXHAUSTIVE = [name for name, one in CONTRACTS.items() if getattr(one, "exhaustive", False)]


@pytest.fixture(scope="module")
def house():
    return grimp.build_graph(*STOREYS, include_external_packages=True, cache_dir=None)


def is_kept(name, graph):
    return CONTRACTS[name].check(deepcopy(graph), verbose=False).kept


def test_every_contract_has_a_planted_fault():
    assert set(PLANTED) == set(CONTRACTS)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_is_kept(house, name):
    assert is_kept(name, house)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_import_breaks_its_contract(house, name):
    faulty = deepcopy(house)
    importer, imported = PLANTED[name]
    assert {importer, imported} <= faulty.modules
    faulty.add_import(importer=importer, imported=imported)
    assert not is_kept(name, faulty)


@pytest.mark.parametrize("name", EXHAUSTIVE)
def test_a_file_without_a_room_breaks_the_contract(house, name):
    faulty = deepcopy(house)
    (storey,) = CONTRACTS[name].containers
    faulty.add_module(f"{storey.expression}.homeless")
    assert not is_kept(name, faulty)


def test_no_folders_need_each_other():
    assert find_circle(house_imports()) == []


def test_a_planted_circle_of_folders_is_found():
    up = ("checkup.packs.values", "checkup.owner.export")
    assert {"checkup.packs", "checkup.owner"} <= set(find_circle([*house_imports(), up]))
