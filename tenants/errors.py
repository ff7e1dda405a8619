"""The failures the domain can name; `webapp/edge/errors.py` maps each to a status code and a translated page."""

import dataclasses
from dataclasses import dataclass


class DomainError(Exception):
    """Something a person can be told about."""


class NotFound(DomainError):
    """The object does not exist, or is not yours: both look the same from outside."""


@dataclass
class Conflict(DomainError):
    """Somebody else was faster, or the state no longer allows the step."""

    code: str


class Unreadable(ValueError):
    """What one person typed into one place is refused; `code` and `params` as in a FieldFault."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class FieldFault:
    """One field that was refused: its name, why (a stable code), and values for the message."""

    field: str
    code: str
    params: dict[str, object] = dataclasses.field(default_factory=dict)


@dataclass
class Invalid(DomainError):
    """Input refused; every fault is listed, so that the person mends all of them at once."""

    faults: tuple[FieldFault, ...]
