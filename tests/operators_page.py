"""The commands of `docs/operators.md`, as they stand there."""

import re

from tests.places import ROOT


def commands_below(heading):
    """The lines of the `sh` blocks below a heading of the second level, in their order."""
    page = (ROOT / "docs/operators.md").read_text(encoding="utf-8")
    part = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]
    return [line for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]
