"""What officers of a bureau send: decisions with their reasons; forms that set something are in `steering`."""

import datetime as dt
from collections.abc import Iterable

from wtforms import ValidationError

from billing.books.money import Money
from billing.hardship.policies import MOST_WHY
from billing.waivers.content import MOST_WORDS
from billing.waivers.decisions import GRANTS, Award
from bureau.complaints.complaints import MOST_WORDS as MOST_OUTCOME
from bureau.hours.moves import MOST_WHY as MOST_REASON
from bureau.oversight.standards import MOST_TEXT as MOST_EVIDENCE
from bureau.quality.draws import Drawable
from cloud.partners.tickets import MOST_WHY as MOST_TICKET
from tenants.clock import city_day, now
from tenants.errors import FieldFault
from tenants.firms.admission import MOST_TEXT
from tenants.providers.kinds import SERVICES
from tenants.typed.codes import minted
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Tick
from webapp.forms.fields import Amount, Code, Day, Hidden, Prose, Text
from webapp.forms.staff import Document, KnownToDomain, StepForm, Table, Version, worded
from webapp.wording.relief_words import REVOKED_FOR

AFTER_TRIAL, AFTER_YEAR = dt.timedelta(days=90), dt.timedelta(days=365)


class OutcomeForm(Form):
    """The answer to a complaint."""

    outcome = Prose(_("给店主的答复"), most=MOST_OUTCOME, required=True)


class DecideFirmForm(Form):
    """A firm is admitted, suspended and so on, with the reason that it reads."""

    decision = Hidden()
    why = Prose(_("理由（会告诉律所，也记入日志）"), most=MOST_TEXT, rows=3)
    review_on = Day(_("准入或正式运行以后，最晚哪天再看一次"), hint=_("一年以内。到了那天，会算进等您办的。"))

    def offer(self, state: str) -> "DecideFirmForm":
        """The day that is usual: a trial is looked at after a quarter, a firm that runs after a year."""
        self.review_on.fill(city_day(now()) + (AFTER_TRIAL if state == "applied" else AFTER_YEAR))
        return self


class ReviewFirmForm(Form):
    """A firm was looked at again."""

    why = Prose(_("看到了什么（律所看得到）"), most=MOST_TEXT, rows=3)
    review_on = Day(_("下次最晚哪天看"))


class AssignFirmForm(Form):
    """Which bureau of this part of the tree a firm belongs to."""

    bureau = Choice(_("归哪里管"), required=True)


class EntryForm(StepForm):
    """A decision on an entry of hours."""

    why = Text(_("理由（律师看得到，也记入日志）"), most=MOST_REASON)


class AnomalyForm(Form):
    """How the bureau sees what looked unusual."""

    why = Text(_("怎么看（律师看得到）"), most=MOST_REASON, required=True)


class DrawForm(Form):
    """The period to draw a sample from."""

    period = Choice(_("期"), required=True)

    def offer(self, found: Iterable[Drawable]) -> "DrawForm":
        self.period.options = [(one.period, _("{period}：{population}条里抽{drawn}条", **vars(one))) for one in found]
        return self


class AppointForm(Form):
    """Appoint an assessor, or let her go."""

    appointed = Hidden()


class PolicyForm(Form):
    """A version of the hardship policy, as the document that it is."""

    why = Text(_("为什么改"), most=MOST_WHY)
    document = Document(_("办法原文（YAML）"), rows=40)


class DecisionForm(Form):
    """Yes or no to what a colleague proposed."""

    decision = Hidden()


class WaiverForm(Form):
    """A decision on an application, with the words that its owner reads."""

    version = Version()
    outcome = KnownToDomain(_("批准哪一种"), radio=True)
    cap = Amount(_("上限（元，可以不填；只能比办法里的低）"))
    text = Prose(_("理由（业主看得到）"), most=MOST_WORDS, rows=4)

    def award(self, move: str) -> Award | None:
        """What is granted, with a lower cap if one was written."""
        if move not in GRANTS:
            return None
        cap: Money | None = self.cap.data
        return Award(self.outcome.data, cap.amount_minor if cap else None)


class FollowUpForm(Form):
    """A check of what was declared, or the end of what was granted."""

    version = Version()
    reason = Choice(_("为什么撤销"), empty=_("请选择"), options=worded(REVOKED_FOR))


class StandardForm(Form):
    """What one look at a firm showed."""

    standard = Hidden()
    met = Hidden()
    evidence = Text(_("凭什么认定"), most=MOST_EVIDENCE)


class RegisterForm(Form):
    """The register of licences."""

    file = Table(_("名册文件"))


class TicketForm(StepForm):
    """A step on a ticket: to which firm, or why not."""

    firm = KnownToDomain(_("转给哪家律所"), empty="—")
    why = Text(_("理由"), hint=_("退回、延长、办不了要写理由；理由留在这里，不传出去。"), most=MOST_TICKET)


class CaseOfferForm(Form):
    """The case that a ticket is put into, by the number its owner says, and her code where she is on the line."""

    case_number = Text(_("她说的体检号"), most=60, required=True)
    code = Code(
        _("她念的码（续答码或认领码，8位）"),
        hint=_("她念得出码，马上放进去。没有码就空着：她在自己的页面上点了“放进来”才算。"),
    )
    agreed = Tick(_("读给她听了编号、来自哪里、哪天收到，她本人说：“放进来。”（没有码不用勾）"))

    @property
    def minted(self) -> str:
        """As it is kept; empty for what is no number of a case."""
        return minted(self.case_number.data, "SH")

    def validate_case_number(self, _field: Text) -> None:
        if not self.minted:
            raise ValidationError(FieldFault("case_number", "not_a_case_number"))

    def validate_agreed(self, field: Tick) -> None:
        if self.code.data and not field.data:
            raise ValidationError(FieldFault("agreed", "say_it_first"))


class PointForm(Form):
    """Which case a ticket belongs to, and which help its owner is pointed to."""

    case_number = Text(_("体检号"), hint=_("本所的体检，您查过没有冲突的。"), most=20, required=True)
    service = Choice(
        _("指给她哪种帮手"),
        options=[(one, lazy_pick(dict(said))) for one, said in SERVICES.items()],
        empty=_("请选"),
        required=True,
    )


class TopicForm(Form):
    """What to look at on the map."""

    topic = Choice(_("看哪方面"), empty=_("参加统计的企业"))
