"""Nobody is sent to another site by an address of ours."""

import pytest

from webapp.edge.targets import is_own_path


@pytest.mark.parametrize("target", ["/", "/lawyer/?district=310106", "/checkup/1#fix"])
def test_a_path_of_ours_is_one(target):
    assert is_own_path(target)


@pytest.mark.parametrize(
    "target",
    ["", "lawyer", "//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/\\evil.example",
     "/a\\..\\b", "https://evil.example", "/\x00"],
)  # fmt: skip
def test_what_a_browser_reads_as_another_site_is_none(target):
    assert not is_own_path(target)
