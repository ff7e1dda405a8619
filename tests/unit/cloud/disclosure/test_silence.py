"""A solver of the audit says nothing of its own on the screen of whoever starts the house."""

from collections import Counter

from cloud.cubes.cells import base_block
from cloud.disclosure.attack_model import World
from cloud.disclosure.suppression import protect


def test_the_solver_prints_no_banner(capfd):
    protect([World([base_block(Counter({("310101", "F", "micro"): 40}))])])
    assert capfd.readouterr().out == ""
