"""The form of the house: faults stay codes until they are read, the domain's faults hang on the same fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from tenants.errors import FieldFault, Invalid

REFUSED = 422


class Form(FlaskForm):
    """A form; `CSRFProtect` has checked its token before any view is reached."""

    class Meta:
        def render_field(self, field: Field, render_kw: dict[str, Any]) -> str:
            """The control itself, tied to its hint and its fault."""
            said: dict[str, Any] = getattr(field, "attributes", dict)()
            shown: str = field.widget(field, **{**said, **(field.render_kw or {}), **render_kw})
            return shown

    def __init__(self, *args: Any, at: str = "", **given: Any) -> None:
        """`at` tells this form from others of its kind on one page: the ids of its fields end in it."""
        super().__init__(*args, **given)
        self.at = at
        for field in self if at else ():
            field.id = field.label.field_id = f"{field.name}-{at}"

    @contextmanager
    def faults_of_domain(self) -> Iterator[None]:
        """Around a call into the domain: what it refuses hangs on the fields, and the form is no longer right."""
        try:
            yield
        except Invalid as invalid:
            self.refuse(*invalid.faults)

    def refuse(self, *faults: FieldFault) -> None:
        """Hang each fault on its field; one that belongs to no field stands above the form."""
        for fault in faults:
            if fault.field in self:
                self[fault.field].errors = [*self[fault.field].errors, fault]
            else:
                self.form_errors.append(fault)

    @property
    def reasons(self) -> list[FieldFault]:
        """Every fault of every field once, for a form that shows them in one place."""
        every = [fault for faults in self.errors.values() for fault in faults]
        return list({(fault.code, str(fault.params)): fault for fault in every}.values())

    @property
    def status(self) -> int:
        """Of the page that shows this form."""
        return REFUSED if self.errors else 200

    def faulty(self) -> list[Field]:
        """The fields to mend, as they stand on the page."""
        return [field for field in self if field.errors and field.name != "csrf_token"]
