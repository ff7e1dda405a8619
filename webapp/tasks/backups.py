"""Jobs of the operator: a backup each night, tried by restoring it."""

from collections.abc import Callable

from webapp.operating.nightly import back_up_nightly
from webapp.settings import Settings

TASKS: dict[str, Callable[..., object]] = {}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "back_up": ("40 18 * * *", back_up_nightly),  # 02:40 in the city
}
