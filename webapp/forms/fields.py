"""Fields of our own on WTForms: each reads what was typed by `tenants.typed`, and keeps it as typed when refused."""

import datetime as dt
import secrets
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from wtforms import Field
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import HiddenInput, PasswordInput, TextArea, TextInput

from billing.books.money import MOST_MINOR, Money
from tenants.errors import FieldFault, Unreadable
from tenants.typed import codes, dates, emails, identifiers, numbers, phones, text

Said = object  # words, or words that are said later in the reader's language


class Typed(Field):
    """One value that was typed. `data` is what was read, `nothing` where it was left out or refused."""

    widget = TextInput()
    shape = "line"
    nothing: Any = None
    autocomplete = "off"
    inputmode = "text"

    def __init__(
        self,
        label: Said = "",
        *,
        required: bool = False,
        hint: Said = "",
        autocomplete: str | None = None,
        inputmode: str | None = None,
        **given: Any,
    ) -> None:
        given.setdefault("default", self.nothing)
        super().__init__(label, **given)
        self.is_required, self.hint = required, hint
        self.autocomplete = autocomplete or self.autocomplete
        self.inputmode = inputmode or self.inputmode
        self.typed: str | None = None

    def read(self, raw: str) -> Any:
        """What was typed, understood: words on one line, unless the field is of another kind. Raises: Unreadable."""
        return text.one_line(raw)

    def write(self, value: Any) -> str:
        """The value as it stands in the field before anybody typed."""
        return "" if value is None else str(value)

    def show(self, value: Any) -> None:
        """On a page that is shown again: this in the place of what was typed."""
        self.data, self.typed = value, None

    def fill(self, value: Any) -> None:
        """What the field holds where nobody typed."""
        if self.typed is None:
            self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed, self.data = str(valuelist[0]), self.nothing
        if not text.for_machines(self.typed):
            return
        try:
            self.data = self.read(self.typed)
        except Unreadable as refused:
            raise ValidationError(FieldFault(self.name, refused.code, refused.params)) from None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.is_required and self.data in (None, "", ()):
            raise StopValidation(FieldFault(self.name, "required"))

    def _value(self) -> str:
        return self.typed if self.typed is not None else self.write(self.data)

    def attributes(self) -> dict[str, Any]:
        """What the control says to a browser and to a reader of screens."""
        said = {"autocomplete": self.autocomplete, "inputmode": self.inputmode} | tied(self)
        return {name: value for name, value in said.items() if value}


def refuse(field: Field, code: str, **params: object) -> NoReturn:
    """In a rule of a form: what is wrong with this field. Raises: ValidationError."""
    raise ValidationError(FieldFault(field.name, code, params))


def tied(field: Any) -> dict[str, str]:
    """The attributes that tie a control to its hint and its fault."""
    near = [f"{field.id}-hint"] if field.hint else []
    near += [f"{field.id}-fault"] if field.errors else []
    return {
        "aria-describedby": " ".join(near),
        "aria-invalid": "true" if field.errors else "",
        "aria-required": "true" if field.is_required else "",
    }


class Text(Typed):
    """Words on one line; never the number of an identity card."""

    nothing = ""

    def __init__(self, label: Said = "", *, most: int = 200, **given: Any) -> None:
        super().__init__(label, **given)
        self.most = most

    def read(self, raw: str) -> str:
        if identifiers.holds_id_card(raw):
            raise Unreadable("id_card")
        return self._within(super().read(raw))

    def _within(self, value: str) -> str:
        if len(value) > self.most:
            raise Unreadable("too_long", most=self.most)
        return value


class Prose(Text):
    """Words in paragraphs."""

    widget = TextArea()
    shape = "area"
    inputmode = ""
    autocomplete = ""

    def __init__(self, label: Said = "", *, most: int = 1000, rows: int = 5, **given: Any) -> None:
        super().__init__(label, most=most, **given)
        self.rows = rows

    def read(self, raw: str) -> str:
        return self._within(text.prose(raw))

    def attributes(self) -> dict[str, Any]:
        return super().attributes() | {"rows": self.rows}


class Hidden(Text):
    """A value that the page carries."""

    widget = HiddenInput()
    shape = "hidden"
    inputmode = ""

    def read(self, raw: str) -> str:
        return self._within(text.for_machines(raw))

    @property
    def row_id(self) -> uuid.UUID | None:
        """The value as the id of a row; None where it is none."""
        return as_uuid(self.data)


class Once(Hidden):
    """A token of one showing of a form: sent twice with it, by two taps or a lost line, it is one act."""

    def __init__(self, **given: Any) -> None:
        super().__init__(most=64, default=lambda: secrets.token_hex(16), **given)

    def act(self, within: uuid.UUID) -> uuid.UUID | None:
        """The id of what this showing makes, the same however often it is sent; None where the page had no token."""
        return uuid.uuid5(within, self.data) if self.data and self.typed else None


def as_uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


class Secret(Text):
    """A password, taken as it is typed and never shown again."""

    widget = PasswordInput()
    inputmode = ""
    autocomplete = "current-password"

    def read(self, raw: str) -> str:
        return self._within(raw)


class WholeNumber(Typed):
    """A whole number within its room; None where it was left out."""

    inputmode = "numeric"

    def __init__(self, label: Said = "", *, least: int = 0, most: int = 10**9, **given: Any) -> None:
        super().__init__(label, **given)
        self.least, self.most = least, most

    def read(self, raw: str) -> int:
        return numbers.whole(raw, least=self.least, most=self.most)


class Number(Typed):
    """A number with a fraction; `unit` as in `tenants.typed.numbers`."""

    inputmode = "decimal"

    def __init__(self, label: Said = "", *, most: int = 10**9, unit: int = 1, **given: Any) -> None:
        super().__init__(label, **given)
        self.most, self.unit = most, unit

    def read(self, raw: str) -> Decimal:
        value = numbers.number(raw, unit=self.unit)
        if value > self.most:
            raise Unreadable("too_large", most=f"{self.most:,}")
        return value

    def write(self, value: Any) -> str:
        """As people write it: 80, not 80.0."""
        return "" if value is None else f"{Decimal(str(value)).normalize():f}"


class Amount(Typed):
    """Money in yuan, exact to the fen."""

    inputmode = "decimal"

    def __init__(self, label: Said = "", *, most: int = MOST_MINOR, **given: Any) -> None:
        super().__init__(label, **given)
        self.most = most

    def read(self, raw: str) -> Money:
        fen = numbers.fen(raw)
        if fen > self.most:
            raise Unreadable("too_large", most=Money(self.most).written())
        return Money(fen)

    def write(self, value: Money | None) -> str:
        return "" if value is None else value.written()


class Day(Typed):
    """A date."""

    inputmode = ""

    def read(self, raw: str) -> dt.date:
        return dates.day(raw)

    def attributes(self) -> dict[str, Any]:
        """A calendar to pick from; what was typed without one and refused stays to be seen."""
        return super().attributes() | {"type": "text" if self.process_errors else "date"}


class Mobile(Typed):
    """A mainland mobile, which can be sent a text message: its eleven digits."""

    nothing = ""
    inputmode = "tel"
    autocomplete = "tel"

    def read(self, raw: str) -> str:
        return phones.mobile(raw)


class Phone(Mobile):
    """Any number that can be called."""

    def read(self, raw: str) -> str:
        return phones.phone(raw)


class Email(Typed):
    """An e-mail address."""

    nothing = ""
    inputmode = "email"
    autocomplete = "email"

    def read(self, raw: str) -> str:
        return emails.email(raw)


class Code(Typed):
    """A code of any kind, in capitals and without hyphens; who guards the door says whether it is right."""

    nothing = ""

    def __init__(
        self,
        label: Said = "",
        *,
        alphabet: str = codes.MINTED,
        reader: Callable[[str], str] | None = None,
        **given: Any,
    ) -> None:
        super().__init__(label, **given)
        self.reader = reader or (lambda raw: codes.code(raw, alphabet))

    def read(self, raw: str) -> str:
        return self.reader(raw)
