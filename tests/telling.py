"""Numbers that belong in the output of a run, whichever of its processes found them."""

import sys


def tell(line: str) -> None:
    """To the error output, which also reaches the terminal from a worker of pytest-xdist."""
    sys.stderr.write(f"\n{line}\n")
