"""What owners send."""

from wtforms.validators import ValidationError

from bureau.complaints.complaints import MOST_WORDS, Said
from tenants.errors import FieldFault
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Tick
from webapp.forms.fields import Phone, Prose


class ComplaintForm(Form):
    """To the bureau, about a firm: words, or the wish to be called."""

    words = Prose(_("怎么回事"), most=MOST_WORDS)
    call = Tick(_("请打给我"))
    phone = Phone(_("打哪个号码（可以不填，答复会写在网页上）"))

    def validate_words(self, field: Prose) -> None:
        if not field.data and not self.call.data:
            raise ValidationError(FieldFault(field.name, "required"))

    def said(self) -> Said:
        return Said(self.words.data, self.phone.data, self.call.data)
