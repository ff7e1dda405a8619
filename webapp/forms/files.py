"""Files out of a form: what they are is read from their content, all else is refused."""

from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import FileInput

from tenants.errors import FieldFault, Invalid
from tenants.typed.text import one_line
from tenants.uploads import MOST_BYTES, MOST_FILES, CheckedFile, check_file
from webapp.forms.fields import Said, tied

PICTURES = "image/*,.heic"
PAPERS = f"{PICTURES},application/pdf"
_MOST_NAME = 100


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

    def process_data(self, value: object) -> None:
        self.data = []

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        faults: list[FieldFault] = []
        if not self.least <= len(given) <= self.most:
            faults.append(FieldFault(self.name, "number_of_files", {"most": self.most}))
        for file in given[: self.most]:
            try:
                self.data.append((shown_name(file), self.check(file.stream.read(MOST_BYTES + 1), self.name)))
            except Invalid as invalid:
                faults += invalid.faults
        self.process_errors = list[Any](faults[:-1])
        if faults:
            raise ValidationError(faults[-1])

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation

    def _value(self) -> bool:
        return False

    def attributes(self) -> dict[str, Any]:
        said = {"accept": self.accept, "data-shrink": "yes"} | tied(self)
        return {name: value for name, value in said.items() if value}


def shown_name(file: FileStorage) -> str:
    """The name as others will see it: one printable line."""
    return one_line(file.filename or "")[-_MOST_NAME:]
