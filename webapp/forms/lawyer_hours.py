"""What lawyers send about their hours: corrections, time off the platform, marks as assessors."""

import datetime as dt
from collections.abc import Iterable

from wtforms.validators import ValidationError

from bureau.hours.clinics import MOST_DAYS_BACK, MOST_LINE, MOST_NOTE, Clinic
from bureau.hours.moves import MOST_WHY
from bureau.hours.rules import AID, ON_PLATFORM, Category
from bureau.hours.time_spans import NONE, Spans, parse_spans
from bureau.quality.checklist import MARKS, MOST_REASON
from tenants.clock import city_day, now
from tenants.errors import Invalid
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import own_name
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Day, Hidden, Prose, Text, refuse
from webapp.forms.staff import worded
from webapp.wording.hour_words import CHECKS
from webapp.wording.hour_words import MARKS as MARK_WORDS

MOST_TIMES = 500


class AmendForm(Form):
    """Other times for an entry, and why."""

    times = Text(_("时间段"), most=MOST_TIMES)
    note = Text(_("为什么（例如：含电话沟通）"), most=MOST_WHY)


class ReplyForm(Form):
    """What a lawyer says about an entry or about what looked unusual."""

    reply = Text(_("您的说明（不要写企业的名字和案情）"), most=MOST_WHY)


class PublicForm(Form):
    """Whether a year is shown on the firm's page."""

    public = Hidden()


class YearForm(Form):
    """The year that something is done with."""

    year = Choice(_("年份"))


class ClinicForm(Form):
    """Time off the platform; a legal-aid case needs its number, all else a place and a witness."""

    category = Choice(_("类别"), empty=_("请选择"), required=True)
    day = Day(_("日期"), required=True)
    times = Text(_("时间段"), hint=_("例如 14:00-16:00；中间歇过就写两段"), most=MOST_TIMES, required=True)
    place = Text(_("地点"), hint=_("法律援助案件可以不填"), most=MOST_LINE)
    witness = Text(_("证明人"), hint=_("请您去的人，例如园区的王主任"), most=MOST_LINE)
    reference = Text(_("援助案号"), hint=_("只有法律援助案件要填；同一个案号算一件"), most=MOST_LINE)
    note = Text(_("备注"), most=MOST_NOTE)
    spans: Spans = NONE

    def offer(self, categories: Iterable[Category]) -> "ClinicForm":
        said = [(one.code, f"{own_name(one)} · {one.weight} %") for one in categories]
        self.category.options = [(code, words) for code, words in said if code != ON_PLATFORM]
        return self

    @property
    def is_aid(self) -> bool:
        return bool(self.category.data == AID)

    def validate_day(self, field: Day) -> None:
        today = city_day(now())
        if field.data and not today - dt.timedelta(days=MOST_DAYS_BACK) <= field.data <= today:
            refuse(field, "day_out_of_range", most=MOST_DAYS_BACK)

    def validate_times(self, field: Text) -> None:
        try:
            self.spans = parse_spans(field.data, self.day.data or city_day(now()))
        except Invalid as invalid:
            raise ValidationError(invalid.faults[0]) from None

    def validate_place(self, field: Text) -> None:
        self._needs(field, is_needed=not self.is_aid)

    def validate_witness(self, field: Text) -> None:
        self._needs(field, is_needed=not self.is_aid)

    def validate_reference(self, field: Text) -> None:
        self._needs(field, is_needed=self.is_aid)

    def _needs(self, field: Text, *, is_needed: bool) -> None:
        if is_needed and not field.data:
            refuse(field, "required")

    def clinic(self) -> Clinic:
        return Clinic(
            day=self.day.data,
            spans=self.spans,
            category=self.category.data,
            place=self.place.data,
            witness=self.witness.data,
            reference=self.reference.data,
            note=self.note.data,
        )


class MarksForm(Form):
    """What an assessor thinks of one piece of work; a `no` needs a reason. `items` are the questions of its packet."""

    reason = Prose(_("理由（有一项不合格就要写；不要猜是谁）"), most=MOST_REASON, rows=3)
    items: tuple[str, ...] = ()

    def validate_reason(self, field: Prose) -> None:
        if "no" in self.marks().values() and not field.data:
            refuse(field, "required")

    def marks(self) -> dict[str, str]:
        return {item: self[item].data for item in self.items}


def marks_form(items: tuple[str, ...]) -> type[MarksForm]:
    """The form for these questions."""
    words = worded({mark: MARK_WORDS[mark] for mark in MARKS})
    fields = {item: Choice(_(CHECKS.get(item, item)), options=words, radio=True, required=True) for item in items}
    return type("MarksForm", (MarksForm,), {**fields, "items": items})
