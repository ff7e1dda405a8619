"""How long a test waits for what comes by itself: on a machine that may be busy, minutes. No test is about the time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PATIENCE = 300


def until(found: Callable[[], Found], patience: float = PATIENCE) -> Found:
    """What `found` returns once it is something. Raises: AssertionError when it does not come to pass."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if value := found():
            return value
        threading.Event().wait(0.05)
    raise AssertionError("it did not come to pass")
