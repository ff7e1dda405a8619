"""Files out of a form: what they are is read from their content, all else is refused.

A file comes with its form, or came in parts before it and is named by its ticket (`webapp/edge/uploads.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import FileInput

from tenants.errors import FieldFault, Invalid
from tenants.typed.text import one_line
from tenants.upload_parts import read_upload
from tenants.uploads import MOST_BYTES, MOST_FILES, CheckedFile, check_file
from webapp.edge.installation import installation
from webapp.edge.uploads import find_upload
from webapp.forms.base import Form
from webapp.forms.fields import Said, Typed, WholeNumber, refuse, tied

PICTURES = "image/*,.heic"
PAPERS = f"{PICTURES},application/pdf"
_MOST_NAME = 100


class UploadForm(Form):
    """What is said of a file before its parts come."""

    name = Typed(required=True)
    size = WholeNumber(required=True)

    def validate_size(self, field: WholeNumber) -> None:
        if not field.data:
            refuse(field, "file_empty")
        if field.data > MOST_BYTES:
            refuse(field, "file_too_large", most=MOST_BYTES // 1024**2)


@dataclass(frozen=True)
class Ticket:
    """A file that came before the form; the page names it again where the form is to be mended."""

    name: str
    ticket: str


class Files(Field):
    """Up to `most` files, each with the name to show: `data` is a list of (name, checked file), `tickets` those of
    them that came before the form."""

    shape = "file"

    def __init__(
        self,
        label: Said = "",
        *,
        least: int = 0,
        most: int = MOST_FILES,
        hint: Said = "",
        accept: str = PAPERS,
        check: Callable[[bytes, str], CheckedFile] = check_file,
        **given: Any,
    ) -> None:
        super().__init__(label, **given)
        self.widget = FileInput(multiple=most > 1)
        self.least, self.most, self.hint, self.accept, self.check = least, most, hint, accept, check
        self.is_required = least > 0
        self.data: list[tuple[str, CheckedFile]] = []
        self.tickets: list[Ticket] = []

    def process_data(self, value: object) -> None:
        self.data, self.tickets = [], []

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = [one for one in valuelist if (one.filename if isinstance(one, FileStorage) else one)]
        faults: list[FieldFault] = []
        if not self.least <= len(given) <= self.most:
            faults.append(FieldFault(self.name, "number_of_files", {"most": self.most}))
        for one in given[: self.most]:
            faults += self._take(one)
        self.process_errors = list[Any](faults[:-1])
        if faults:
            raise ValidationError(faults[-1])

    def _take(self, given: FileStorage | str) -> tuple[FieldFault, ...]:
        """Take one file in; what is wrong with it, by its name."""
        name = ""
        try:
            if isinstance(given, FileStorage):
                name, content = shown_name(given.filename or ""), given.stream.read(MOST_BYTES + 1)
            else:
                name, content = _read(given)
            self.data.append((name, self.check(content, self.name)))
        except FileNotFoundError:
            return (FieldFault(self.name, "file_lost"),)
        except Invalid as invalid:
            return tuple(FieldFault(one.field, one.code, {**one.params, "file": name}) for one in invalid.faults)
        if isinstance(given, str):
            self.tickets.append(Ticket(name, given))
        return ()

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation

    def _value(self) -> bool:
        return False

    def attributes(self) -> dict[str, Any]:
        said = {"accept": self.accept, "data-sends": "yes"} | tied(self)
        return {name: value for name, value in said.items() if value}


def _read(ticket: str) -> tuple[str, bytes]:
    """Raises: FileNotFoundError."""
    upload = find_upload(ticket)
    if upload is None:
        raise FileNotFoundError
    return upload.name, read_upload(installation().files_url, upload)


def shown_name(name: str) -> str:
    """The name as others will see it: one printable line."""
    return one_line(name)[-_MOST_NAME:]
