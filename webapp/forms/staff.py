"""What staff of every audience send: the version that their page showed, a step with its reason."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.widgets import FileInput, HiddenInput

from tenants.errors import NotFound
from tenants.typed.numbers import whole_number
from tenants.uploads import MOST_BYTES
from webapp.edge.i18n import lazy_gettext
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Hidden, Prose, Said, Typed, tied

OneForm = TypeVar("OneForm", bound=Form)


def worded(words: Mapping[str, str]) -> list[tuple[str, object]]:
    """Options out of a table of words for codes (`webapp/wording/`)."""
    return [(code, lazy_gettext(said)) for code, said in words.items()]


def one_each(make: type[OneForm], keys: Iterable[object], sent: Form | None = None) -> dict[object, OneForm]:
    """A form for every row of a page; the one that was sent and refused stands at its own row.

    Raises: NotFound for one that was sent to a row which the page does not show.
    """
    keys = list(keys)
    if isinstance(sent, make) and sent.errors and sent.at not in map(str, keys):
        raise NotFound
    return {
        key: sent if isinstance(sent, make) and sent.at == str(key) else make(formdata=None, at=str(key))
        for key in keys
    }


class Version(Typed):
    """The version of a row that the page showed; -1, which no row has, where it was lost on the way."""

    widget = HiddenInput()
    shape = "hidden"
    nothing = -1
    inputmode = ""

    def read(self, raw: str) -> int:
        found = whole_number(raw, least=0, most=10**9)
        return self.nothing if found is None else found


class Document(Prose):
    """A text for machines, in which every blank counts: taken as it is; its reader names each fault by line."""

    def read(self, raw: str) -> str:
        return raw.replace("\r\n", "\n")


class Table(Field):
    """One file that is a table: `data` is its bytes, which the domain reads line by line."""

    widget = FileInput()
    shape = "file"
    is_required = True

    def __init__(self, label: Said = "", *, hint: Said = "", accept: str = ".csv,text/csv", **given: Any) -> None:
        super().__init__(label, **given)
        self.hint, self.accept = hint, accept

    def process_data(self, value: object) -> None:
        self.data = b""

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = [one for one in valuelist if isinstance(one, FileStorage)]
        self.data = sent[0].stream.read(MOST_BYTES) if sent else b""

    def _value(self) -> bool:
        return False

    def attributes(self) -> dict[str, Any]:
        return {"accept": self.accept} | {name: value for name, value in tied(self).items() if value}


class KnownToDomain(Choice):
    """A choice whose options depend on data that the act itself reads: the domain refuses the rest."""

    def pre_validate(self, form: Any) -> None:
        return None


class VersionForm(Form):
    """An act without words."""

    version = Version()


class StepForm(Form):
    """Which of several steps, by the button that was pressed."""

    step = Hidden()
