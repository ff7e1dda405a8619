"""What owners send."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from wtforms.validators import ValidationError

from bureau.complaints.complaints import MOST_WORDS, Said
from bureau.reports.survey import QUESTIONS as SURVEY
from checkup.calls.call_rules import FreeHour
from checkup.conflicts.values import MOST_LENGTH, CaseNames, parse_names
from checkup.correspondence.messages import MOST_TEXT
from checkup.fixes.reminder_wishes import CHANNELS, DAYS_BEFORE, Wish
from checkup.fixes.steps import MOST_WORDS as MOST_REASON
from checkup.lessons.values import Lesson
from checkup.owner import ratings
from checkup.owner.share_links import DAYS, DEFAULT_DAYS, MOST_LABEL, Wanted
from checkup.report.redacting import LEVELS
from tenants.errors import FieldFault, Unreadable
from tenants.typed import emails, phones
from tenants.typed.codes import DIGITS
from webapp.edge.i18n import LOCALES, locale, pick
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_ngettext as _n
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Tick
from webapp.forms.fields import Code, Day, Email, Hidden, Mobile, Once, Phone, Prose, Text, WholeNumber, refuse
from webapp.forms.files import Files

REMINDED = {"none": _("不用提醒"), "page": _("只在这一页上提醒"), "sms": _("发短信"), "email": _("发邮件")}
RIGHT_OR_WRONG = (("yes", _("对")), ("no", _("不对")))
MARKS = (("1", _("很不好")), ("2", _("不好")), ("3", _("一般")), ("4", _("好")), ("5", _("很好")))


def _days(numbers: tuple[int, ...]) -> list[tuple[str, object]]:
    return [(str(one), _n("{n}天", one)) for one in numbers]


class ComplaintForm(Form):
    """To the bureau, about a firm or a body: words, or the wish to be called."""

    words = Prose(_("怎么回事"), most=MOST_WORDS)
    call = Tick(_("请打给我"))
    phone = Phone(_("打哪个号码（可以不填，答复会写在网页上）"), autocomplete="tel")

    def validate_words(self, field: Prose) -> None:
        if not field.data and not self.call.data:
            refuse(field, "required")

    def said(self) -> Said:
        return Said(self.words.data, self.phone.data, self.call.data)


class CallForm(Form):
    """After a bad rating: shall somebody of the bureau call, and which number?"""

    call = Hidden()
    phone = Phone(_("打哪个号码"), autocomplete="tel")

    @property
    def is_wished(self) -> bool:
        return bool(self.call.data == "yes")

    def said(self) -> Said:
        return Said("", self.phone.data, True)


class CallBackForm(Form):
    """When a lawyer shall telephone, and which number."""

    hour = Choice(_("几点打给您"), radio=True, required=True)
    phone = Phone(_("打哪个号码"), autocomplete="tel", required=True)

    def offer(self, free: Sequence[FreeHour], words: Callable[[dt.datetime], str]) -> bool:
        """The hours to choose from; whether there are any."""
        self.free = {one.starts_at.isoformat(): one for one in free}
        self.hour.options = [(value, words(one.starts_at)) for value, one in self.free.items()]
        return bool(self.free)

    @property
    def chosen(self) -> FreeHour:
        return self.free[self.hour.data]


class RatingForm(Form):
    """Three short questions, and a few words."""

    useful = Choice(_("对您有用吗？"), options=MARKS, radio=True, required=True)
    clear = Choice(_("说得清楚吗？"), options=MARKS, radio=True, required=True)
    kind = Choice(_("态度好吗？"), options=MARKS, radio=True, required=True)
    words = Prose(_("想说的（可以不写，这家所会看到）"), most=ratings.MOST_WORDS, rows=3)

    def given(self) -> ratings.Given:
        return ratings.Given(int(self.useful.data), int(self.clear.data), int(self.kind.data), self.words.data)


class NamesForm(Form):
    """Who is concerned by a case; everything may be left out."""

    counterparties = Prose(
        _("和谁有纠纷、欠款、合同"),
        hint=_("写全名，一行一个，例如房东、供货商、要账的人、离开的员工的名字。"),
        rows=3,
        most=20_000,
    )
    guarantors = Prose(_("谁替您担保，或您替谁担保"), hint=_("一行一个；没有就空着。"), rows=3, most=20_000)
    owner = Text(_("您自己的姓名"), autocomplete="name", most=MOST_LENGTH)

    def names(self) -> CaseNames:
        """Raises: Invalid on any of the fields."""
        return parse_names(self.data)


class FixStepForm(Form):
    """One step of a thing to do: in hand, done with a photo or a word, or left as it is and why."""

    step = Hidden()
    photo = Files(_("拍张照（最多5张，能看出办好了就行）"))
    why = Prose(_("或者写一句怎么办好的"), most=MOST_REASON, rows=2)


class FixPartForm(Form):
    """Which part of a long list to turn over, and its page."""

    class Meta:
        csrf = False

    part = Hidden()
    page = WholeNumber(most=10_000)


class FixAcceptForm(FixStepForm):
    """The same, as it is shown where she leaves a thing as it is."""

    why = Prose(_("为什么先不办（律师会看到）"), most=MOST_REASON, rows=2)


class FixDayForm(Form):
    """Her own day for it."""

    day = Day(_("打算哪天办好"), required=True)


class RemindersForm(Form):
    """How, where and how early to be reminded."""

    channel = Choice(_("怎么提醒"), options=[(one, REMINDED[one]) for one in CHANNELS], radio=True, required=True)
    address = Text(_("手机号或邮箱（发短信、发邮件才要填）"))
    email = Email(_("短信发不出去时，改发到这个邮箱（可以不填）"))
    days_before = Choice(_("提前几天"), options=_days(DAYS_BEFORE), required=True)

    def validate_address(self, field: Text) -> None:
        """A mobile for a text message, an address for a mail, else nothing."""
        try:
            field.data = {"sms": phones.mobile, "email": emails.email}.get(self.channel.data, _nothing)(field.data)
        except Unreadable as refused:
            raise ValidationError(FieldFault(field.name, refused.code, refused.params)) from None

    def wish(self) -> Wish:
        spare = self.email.data if self.channel.data == "sms" else ""
        return Wish(self.channel.data, int(self.days_before.data), self.address.data, spare)


def _nothing(_raw: str) -> str:
    return ""


class MessageForm(Form):
    """Words and files for the lawyer."""

    once = Once()
    text = Prose(_("您想说的"), most=MOST_TEXT, rows=4)
    files = Files(
        _("照片或PDF（可以不放）"),
        hint=_("手机直接拍就行。最多5个，照片每张20兆以内。照片里的地点等信息会自动去掉。"),
    )


class AnswerForm(MessageForm):
    """The same, where the lawyer has asked."""

    text = Prose(_("您的回答"), most=MOST_TEXT, rows=4)


class ShareForm(Form):
    """A link for somebody: how much it shows, for how long, and a note to herself."""

    level = Choice(_("给他看多少"), options=[(one, one) for one in LEVELS], radio=True, required=True)
    days = Choice(_("几天有效"), options=_days(DAYS), required=True, default=str(DEFAULT_DAYS))
    label = Text(_("发给谁（自己记一下，可以不写）"), most=MOST_LABEL)

    def wanted(self) -> Wanted:
        return Wanted(self.level.data, int(self.days.data), self.label.data)


class PhoneForm(Form):
    """A phone to come in with, and the code that was sent to it."""

    phone = Mobile(_("手机号"), required=True)
    code = Code(_("短信里的6位数"), alphabet=DIGITS, autocomplete="one-time-code", inputmode="numeric")


def _ring() -> Tick:
    return Tick(
        _("律师有问题要问、报告签好了，发短信到这个号码"),
        hint=_("号码加密存着，只用来提醒您，短信里不写内容，晚上不发。随时可以在“要办的事”里关掉。"),
    )


class LetterForm(Form):
    """Her yes to the scope letter; `seen` is the digest of the text she saw, `locale` its language."""

    seen = Hidden()
    locale = Hidden()

    @property
    def language(self) -> str:
        return self.locale.data if self.locale.data in LOCALES else locale()


class LetterByPhoneForm(LetterForm):
    """Her yes by her phone and the code that was sent to it."""

    phone = Mobile(_("手机号"), hint=_("只用来认出是您本人，不给别人；下面不打勾，号码本身也不存。"), required=True)
    ring = _ring()
    code = Code(_("短信里的6位数"), alphabet=DIGITS, autocomplete="one-time-code", inputmode="numeric")


class LetterByCodeForm(LetterForm):
    """Her yes by the resume code of her checkup."""

    code = Code(_("续答码（8位）"))


class ElsewhereForm(Form):
    """The phone that must be named together with the resume code."""

    phone = Phone(_("手机号"), hint=_("只用来核对是您本人，不会给别人。"), required=True)
    ring = _ring()

    def validate_ring(self, field: Tick) -> None:
        """Only a mobile can be texted."""
        if field.data:
            try:
                phones.mobile(self.phone.data)
            except Unreadable as refused:
                raise ValidationError(FieldFault(field.name, refused.code, refused.params)) from None


class AnsweredForm(Form):
    """A question of the pack: its one field is made by the pack and read by the pack.

    `finish` is the button under the last one, `steps` a page that goes on by itself and asks where to; `also` answers
    `also_id`, the second question of a screen that has two.
    """

    answer = Hidden()
    also = Hidden()
    also_id = Hidden()
    finish = Hidden()
    steps = Hidden()

    def raw(self) -> list[str]:
        return [str(one) for one in self.answer.raw_data or ()]

    def given(self, question_id: str) -> dict[str, list[str]]:
        """What the screen holds: the answer to its question, and to the second one where there are two."""
        answers = {question_id: self.raw()}
        if self.also_id.data:
            answers[self.also_id.data] = [str(one) for one in self.also.raw_data or ()]
        return answers


class FocusForm(Form):
    """Which area to answer more about."""

    focus = Hidden()


class SignInLinkForm(Form):
    """Whether another account shall lead to hers."""

    answer = Hidden()

    @property
    def is_wished(self) -> bool:
        return bool(self.answer.data == "yes")


class ConsentForm(Form):
    """One consent, given or taken back."""

    purpose = Hidden()
    granted = Hidden()


class MoveForm(Form):
    """To which firm a checkup moves."""

    firm = Choice(_("转到"))


class WorkWishForm(Form):
    """Whom she would like to ask for paid work, and how she came upon the firm."""

    basis = Hidden()
    firm = Hidden()


class HoursAnswerForm(Form):
    """Whether the time is right."""

    answer = Hidden()


class QualityForm(Form):
    """Whether assessors may see the findings."""

    granted = Hidden()


class UpgradeForm(Form):
    """To which version of the questions."""

    version = Hidden()


class SurveyForm(Form):
    """Two taps, no name."""

    known = Choice(_("来之前，您知道有这项免费服务吗？"), options=(("yes", _("知道")), ("no", _("不知道"))), radio=True)
    first = Choice(
        _("碰到法律上的事，您第一个找谁？"),
        options=(
            ("here", _("这里或12348")),
            ("lawyer", _("认识的律师")),
            ("internet", _("上网查")),
            ("friend", _("亲戚朋友")),
            ("nobody", _("谁也不找")),
        ),
        radio=True,
    )

    def answers(self) -> dict[str, Any]:
        return {question: self[question].data for question in SURVEY}


class LessonForm(Form):
    """Right or wrong, for each."""

    asked: tuple[str, ...] = ()

    def answers(self) -> list[bool]:
        return [self[name].data == "yes" for name in self.asked]


def lesson_form(lesson: Lesson) -> type[LessonForm]:
    """The form of this lesson, in the reader's language."""
    fields = {
        f"q{number}": Choice(pick(one.ask), options=RIGHT_OR_WRONG, radio=True, required=True)
        for number, one in enumerate(lesson.questions, 1)
    }
    return type("LessonForm", (LessonForm,), {**fields, "asked": tuple(fields)})
