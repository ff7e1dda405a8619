"""A solver of the audit says nothing of its own on the screen of whoever starts the house."""

from collections import Counter

from cloud.disclosure.editions import tell
from cloud.disclosure.quarters import make_quarter


def test_the_solver_prints_no_banner(capfd):
    counts = {("310105", "F", "micro"): 4, ("310101", "F", "small"): 90, ("310104", "H", "micro"): 160}
    assert None in tell(make_quarter({"base": Counter(counts)}), 10).cells.values()
    assert capfd.readouterr().out == ""
