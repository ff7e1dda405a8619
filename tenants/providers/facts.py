"""What is told of a body: read whole, refused whole, so that nobody is sent to a door that does not exist. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from tenants.districts import DISTRICTS
from tenants.errors import FieldFault, Invalid
from tenants.languages import LOCALES
from tenants.providers.kinds import KINDS, SERVICES_OF

MOST_NAME, MOST_LINE, MOST_CAPACITY, MOST_WAITING = 80, 200, 500, 60


@dataclass(frozen=True)
class OwnWords:
    """What a body says of itself. `serves`: districts, none for the whole city; `capacity` 0: without a limit."""

    phone: str
    email: str
    address: str
    hours: str
    services: tuple[str, ...]
    serves: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int
    waiting_days: int | None


@dataclass(frozen=True)
class Standing:
    """What its bureau says of it."""

    name: str
    name_en: str
    district: str
    takes_certificates: bool


def check_words(kind: str, words: OwnWords) -> None:
    """Raises: Invalid with every fault."""
    if faults := tuple(_faults(kind, words)):
        raise Invalid(faults)


def _faults(kind: str, words: OwnWords) -> Iterator[FieldFault]:
    if kind not in KINDS:
        yield FieldFault("kind", "unknown_option")
    elif not words.services or not set(words.services) <= set(SERVICES_OF[kind]):
        yield FieldFault("services", "unknown_option" if words.services else "required")
    if not set(words.serves) <= set(DISTRICTS):
        yield FieldFault("serves", "unknown_option")
    if not words.languages or not set(words.languages) <= set(LOCALES):
        yield FieldFault("languages", "unknown_option" if words.languages else "required")
