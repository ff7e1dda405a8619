"""What lawyers send beside the review: the queue, names, messages, fees, fixes, the library of texts."""

from checkup.cases.break_glass import MOST_TEXT as MOST_WHY
from checkup.conflicts.checks import MOST_REASON
from checkup.correspondence.messages import MOST_TEXT
from checkup.desk.capacities import LANGUAGES, MOST_A_MONTH, RoomSaid
from checkup.desk.filters import Filters, parse_filters
from checkup.fixes.steps import MOST_WORDS
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Pack
from checkup.signoff.rules import MOST_TEXT as MOST_LEGAL
from checkup.signoff.text_blocks import MOST_TITLE, BlockDraft
from tenants.clock import city_day, now
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import pick
from webapp.edge.installation import fee_catalogue
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices
from webapp.forms.fields import Day, Hidden, Prose, Text, WholeNumber
from webapp.forms.files import Files
from webapp.forms.staff import KnownToDomain, StepForm, Version, worded
from webapp.wording.queue_names import RETURN_REASONS, SORTS

SPOKEN = {"zh": _("中文"), "en": "English"}


class GiveBackForm(Form):
    """A case goes back to the pool; why is asked, not demanded."""

    why = Choice(_("原因（可以不选）"), options=worded(RETURN_REASONS), default="unsaid")


class ViewForm(Form):
    """A name for what the queue shows now; the page carries its filters."""

    state, domain, district, size = Hidden(), Hidden(), Hidden(), Hidden()
    urgent, mode, language, sort = Hidden(), Hidden(), Hidden(), Hidden()
    name = Text(_("把这样的筛选存成"), most=40, required=True)

    def filters(self) -> Filters:
        return parse_filters({name: str(value or "") for name, value in self.data.items()})


class FilterForm(Form):
    """What of the queue is to be seen; it is sent with the address."""

    domain = Choice(_("领域"), empty=_("不限"))
    district = Choice(_("区"), empty=_("不限"))
    size = Choice(_("规模"), empty=_("不限"))
    urgent = Choice(_("紧急"), empty=_("不限"), options=[("yes", _("只看紧急"))])
    mode = Choice(_("深浅"), empty=_("不限"), options=[("express", _("快检")), ("deep", _("深检"))])
    language = Choice(_("语言"), empty=_("不限"), options=list(SPOKEN.items()))
    sort = Choice(_("怎么排"), options=worded(SORTS))

    def offer(self) -> "FilterForm":
        self.domain.options = [(one.id, pick(one.name)) for one in get_pack(PACK).domains]
        self.district.options = [(code, pick(name)) for code, name in DISTRICTS.items()]
        self.size.options = [(code, pick(name)) for code, name in SIZES.items()]
        return self


class RoomForm(Form):
    """How much a lawyer takes on, and what."""

    a_month = WholeNumber(_("每个月最多几件（0就是暂时不接）"), most=MOST_A_MONTH, required=True, default=2)
    domains = Choices(_("领域（一个不选就是都可以）"))
    languages = Choices(_("能用哪些语言"), options=list(SPOKEN.items()), required=True, default=LANGUAGES[:1])
    from_hour = WholeNumber(_("从几点（0–24）"), most=24)
    to_hour = WholeNumber(_("到几点（0–24）"), most=24)
    away_until = Day(_("不在，直到（可以不填）"))

    def offer(self) -> "RoomForm":
        """With the areas of law that there are."""
        self.domains.options = [(one.id, pick(one.name)) for one in get_pack(PACK).domains]
        return self

    def said(self) -> RoomSaid:
        """No hours means the whole day."""
        from_hour, to_hour = self.from_hour.data, self.to_hour.data
        return RoomSaid(
            self.a_month.data,
            self.domains.data,
            self.languages.data,
            0 if from_hour is None else from_hour,
            24 if to_hour is None else to_hour,
            self.away_until.data,
        )


class CallMadeForm(Form):
    """What came of an agreed call."""

    outcome = Hidden()


class NamesForm(Form):
    """What a lawyer found when she looked at the names of a case, and the reason where one is asked."""

    parties_version = Version()
    outcome = Hidden()
    reason = Prose(_("为什么不是同一个（会记下来）"), most=MOST_REASON, rows=3)


class ColleagueForm(Form):
    """A partner's decision for a colleague."""

    outcome = Hidden()
    reason = Prose(_("理由（会记下来）"), most=MOST_REASON, rows=2)


class MessageForm(StepForm):
    """To the owner: a note with files, or a question about a finding."""

    text = Prose(_("用大白话，一次问一件事"), most=MOST_TEXT)
    risk = KnownToDomain(_("关于哪一条（可以不选）"), empty=_("整个体检"))
    files = Files(_("照片或PDF（可以不放）"))


class FeeForm(Form):
    """A service out of the catalogue, and what its price depends on."""

    service = Choice(_("服务"), empty=_("请选择"), required=True)
    given = Text(_("件数，或标的额（元）"), hint=_("固定价的不用填。"), most=40, inputmode="decimal")

    def offer(self, by: str = "") -> "FeeForm":
        """Everything in the catalogue, or what one body does."""
        offered = [one for one in fee_catalogue().offered_on(city_day(now())) if not by or one[0].by == by]
        asked = {"units": _("按件数"), "value": _("按标的额")}
        self.service.options = [
            (service.id, f"{pick(service.name)}（{asked.get(price.rule.asks or '', _('固定价'))}）")
            for service, price in offered
        ]
        return self


class FixForm(StepForm):
    """Confirmed, or not yet, with a sentence."""

    why = Prose(_("给店主一句话（退回时要写）"), most=MOST_WORDS, rows=2)


class LawForm(Form):
    """Whether the advice still stands under the changed article."""

    answer = Hidden()
    words = Prose(_("给店主一句话"), most=MOST_WORDS, rows=2)


class BreakGlassForm(Form):
    """One case, by its number, and why it must be opened."""

    case_number = Text(_("体检号"), most=40, required=True)
    why = Prose(_("为什么现在必须看"), most=MOST_WHY, rows=3, required=True)


class BlockForm(Form):
    """A text of the firm's library, in two wordings."""

    version = Version()
    risk = KnownToDomain(_("用在哪个风险"), empty=_("不限"))
    law = KnownToDomain(_("或者用在哪部法律"), empty=_("不限"))
    title = Text(_("名称"), hint=_("自己认得就行，最多80个字"), most=MOST_TITLE, required=True)
    plain = Prose(_("大白话"), hint=_("业主看的是这一份：发生了什么、先做什么。"), most=MOST_LEGAL)
    text = Prose(
        _("专业意见"), hint=_("引用写全名，例如《民法典》第五百七十七条；失效的法律会被拦下。"), most=MOST_LEGAL
    )

    def offer(self, pack: Pack) -> None:
        """Every risk with its area of law, and every law."""
        self.risk.options = [
            (risk.id, f"{pick(domain.name)} · {pick(risk.title)}") for domain in pack.domains for risk in domain.risks
        ]
        self.law.options = [(id, pick(law.title)) for id, law in pack.laws.items()]

    def draft(self) -> BlockDraft:
        return BlockDraft(self.risk.data, self.law.data, self.title.data, self.text.data, self.plain.data)


class GiveForm(Form):
    """Which lesson a lawyer gives."""

    lesson = KnownToDomain()
