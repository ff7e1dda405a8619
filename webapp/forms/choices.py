"""Fields to choose in: one of a list, several of a list, a box to tick."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from tenants.errors import FieldFault
from webapp.forms.fields import Said, as_uuid, tied

Options = Iterable[tuple[str, Said]]


class Choice(Field):
    """One of `options`. A list to open, or buttons that lie open with `radio=True`; `empty` names the first line.

    The macro `field` draws it.
    """

    data: Any  # the value that was chosen, of `Choices` a tuple of them

    def __init__(
        self,
        label: Said = "",
        *,
        options: Options = (),
        required: bool = False,
        hint: Said = "",
        empty: Said = "",
        radio: bool = False,
        **given: Any,
    ) -> None:
        given.setdefault("default", "")
        super().__init__(label, **given)
        self.options: list[tuple[str, Said]] = list(options)
        self.is_required, self.hint, self.empty = required, hint, empty
        self.shape = "radios" if radio else "select"

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0])

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            if self.is_required:
                raise StopValidation(FieldFault(self.name, "required"))
        elif self.data not in dict(self.options):
            raise StopValidation(FieldFault(self.name, "unknown_option"))

    @property
    def row_id(self) -> uuid.UUID | None:
        """The choice as the id of a row; None where it is none."""
        return as_uuid(self.data)

    def lines(self) -> Iterator[tuple[str, Said, bool]]:
        """What there is to choose from: value, words, whether it is chosen."""
        first = [("", self.empty)] if self.empty else []
        for value, words in [*first, *self.options]:
            yield value, words, self.is_chosen(value)

    def is_chosen(self, value: str) -> bool:
        return bool(value == self.data)

    def attributes(self) -> dict[str, Any]:
        """A group of boxes is no control of its own: it is neither invalid nor required to a reader of screens."""
        said = tied(self) if self.shape == "select" else {"aria-describedby": tied(self)["aria-describedby"]}
        return {name: value for name, value in said.items() if value}


class Choices(Choice):
    """Any number of `options`, each with a box to tick; `data` is a tuple in the order of the options."""

    def __init__(self, label: Said = "", **given: Any) -> None:
        super().__init__(label, **{"default": ()} | given)
        self.shape = "ticks"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = tuple(dict.fromkeys(map(str, valuelist)))

    def pre_validate(self, form: Any) -> None:
        if not set(self.data) <= dict(self.options).keys():
            raise StopValidation(FieldFault(self.name, "unknown_option"))
        if self.is_required and not self.data:
            raise StopValidation(FieldFault(self.name, "required"))
        self.data = tuple(value for value, _ in self.options if value in self.data)

    def is_chosen(self, value: str) -> bool:
        return value in (self.data or ())


class Tick(Field):
    """One box to tick: true when it was."""

    widget = CheckboxInput()
    shape = "tick"

    def __init__(
        self, label: Said = "", *, value: str = "yes", required: bool = False, hint: Said = "", **given: Any
    ) -> None:
        super().__init__(label, **given)
        self.value, self.is_required, self.hint = value, required, hint

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist) and valuelist[0] == self.value

    def pre_validate(self, form: Any) -> None:
        if self.is_required and not self.data:
            raise StopValidation(FieldFault(self.name, "must_agree"))

    def _value(self) -> str:
        return self.value

    def attributes(self) -> dict[str, Any]:
        return {name: value for name, value in tied(self).items() if value}
