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
from tenants.upload_parts import read_upload
from tenants.uploads import MOST_BYTES, MOST_FILES, CheckedFile, check_file
from webapp.edge.installation import installation
from webapp.edge.uploads import find_upload, keep_sent, shown_name
from webapp.forms.base import Form
from webapp.forms.fields import Said, Typed, WholeNumber, refuse, tied

PICTURES = "image/*,.heic"
PAPERS = f"{PICTURES},application/pdf"


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
    """A file that is in the store before its form; the page names it where the form is to be mended.

    Without a ticket it found no room there, and has to be chosen again.
    """

    name: str
    ticket: str


@dataclass(frozen=True)
class Loose:
    """A file that came with the form itself; it goes into the store where the form is to be mended."""

    name: str
    given: FileStorage

    def keep(self) -> Ticket:
        return Ticket(self.name, keep_sent(self.given))


class Files(Field):
    """Up to `most` files, each with the name to show: `data` is a list of (name, checked file)."""

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
        self._taken: list[Ticket | Loose] = []

    def process_data(self, value: object) -> None:
        self.data, self._taken = [], []

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = [one for one in valuelist if (one.filename if isinstance(one, FileStorage) else one)]
        if self.most == 1:
            given = given[:1]  # one that is chosen comes before one that is named
        faults: list[FieldFault] = []
        for one in given[: 2 * self.most]:
            faults += self._take(one)
        if len(given) > 2 * self.most or (not faults and not self.least <= len(self.data) <= self.most):
            faults.append(FieldFault(self.name, "number_of_files", {"most": self.most}))
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
            taken = (name, self.check(content, self.name))
        except FileNotFoundError:
            return (FieldFault(self.name, "file_lost"),)
        except Invalid as invalid:
            return tuple(FieldFault(one.field, one.code, {**one.params, "file": name}) for one in invalid.faults)
        if taken not in self.data:  # who sees an empty field chooses again what is there already
            self.data.append(taken)
            self._taken.append(Ticket(name, given) if isinstance(given, str) else Loose(name, given))
        return ()

    @property
    def tickets(self) -> list[Ticket]:
        """The files as the page that is shown again names them: whoever mends a word chooses no photo twice."""
        kept = [one.keep() if isinstance(one, Loose) else one for one in self._taken]
        self._taken = [*kept]
        return kept

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
