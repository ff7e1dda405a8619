"""Jobs of photos: a licence is read, and its photo gone, whatever comes of it."""

import logging
import uuid
from collections.abc import Callable

from checkup.prefill.photos import read_photo
from checkup.prefill.readings import give_up, list_left_photos, open_photo, photo_path, settle
from checkup.prefill.values import Found
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import remove_file
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_firm

_log = logging.getLogger("famai.jobs")


def _read_licence(settings: Settings, *, firm_id: str, checkup_id: str, photo: str) -> None:
    firm, case, name = uuid.UUID(firm_id), uuid.UUID(checkup_id), uuid.UUID(photo)
    scope, keys = Scope(Audience.WORKER, firm_id=firm), settings.keyring()
    found: Found | None = None
    is_read = False
    try:
        with unit_of_work(scope) as session:
            content = open_photo(session, checkup_id=case, photo=name, keys=keys, files_url=settings.files_url)
        if content is None:
            return
        found, is_read = read_photo(content), True
    except Exception:  # a photo that breaks its reader is told to be unreadable, and never lies on
        _log.exception("a photo could not be read, case %s", case)
    finally:
        remove_file(settings.files_url, photo_path(firm, name))
    with unit_of_work(scope) as session:
        settle(session, checkup_id=case, photo=name, found=found, is_read=is_read, keys=keys, now=now())


def sweep_photos(settings: Settings) -> int:
    """Photos that a dead worker left go, and whoever waits for one is told; returns how many photos."""
    left = list_left_photos(settings.files_url, now())
    for path in left:
        remove_file(settings.files_url, path)
    at_every_firm(lambda session, firm: give_up(session, firm_id=firm, now=now()))
    return len(left)


TASKS: dict[str, Callable[..., object]] = {"read_licence": _read_licence}
# Name → (cron in UTC, what is done).
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"sweep_photos": ("*/5 * * * *", sweep_photos)}
