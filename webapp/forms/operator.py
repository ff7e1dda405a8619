"""What the platform's operator sends."""

from collections.abc import Iterable, Sequence

from cloud.cubes.facts import period_of
from cloud.cubes.periods import is_period
from cloud.disclosure.suppression import LEAST_THRESHOLD, THRESHOLD
from cloud.partners.clients import SCOPES
from cloud.partners.operator_view import SOURCES
from cloud.releases.draft import SUPPRESSION
from tenants.clock import city_day, now
from tenants.models import Firm, Provider
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import own_name
from webapp.edge.partner_clients import read_address
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Day, Hidden, Prose, Text, Typed, WholeNumber, refuse
from webapp.forms.staff import worded
from webapp.wording import running_words, statistic_names

METHODS = (SUPPRESSION, "noise")
MOST_THRESHOLD = 100


def _worded(codes: tuple[str, ...], words: dict[str, str]) -> list[tuple[str, object]]:
    return worded({code: words[code] for code in codes})


class DraftForm(Form):
    """A draft of statistics: which time, from how many businesses on, by which method."""

    period = Text(_("季度或年份"), most=7, required=True, default=lambda: period_of(city_day(now())))
    threshold = WholeNumber(
        _("门槛（家）"), least=LEAST_THRESHOLD, most=MOST_THRESHOLD, default=THRESHOLD, required=True
    )
    method = Choice(_("方法"), options=_worded(METHODS, statistic_names.RELEASE_METHODS), required=True)

    def validate_period(self, field: Text) -> None:
        if not is_period(field.data):
            refuse(field, "not_a_period")


class Address(Typed):
    """Where a machine is reached."""

    nothing = ""
    inputmode = "url"

    def read(self, raw: str) -> str:
        return read_address(raw)


class PartnerForm(Form):
    """A connected party: who is told, where, and where its tickets come from."""

    name = Text(_("名称"), most=200, required=True)
    url = Address(_("通知地址"), hint=_("每次发布和工单有变化，都会带签名通知这个地址。"), required=True)
    source = Choice(_("工单来源"), options=_worded(SOURCES, statistic_names.SOURCES))
    body = Choice(_("是哪家服务机构的系统"), empty=_("都不是"))

    def offer(self, bodies: Iterable[Provider]) -> "PartnerForm":
        self.body.options = [(str(one.id), own_name(one)) for one in bodies]
        return self


class CredentialsForm(Form):
    """What a party's machine may do."""

    scope = Choices(_("权限"), options=_worded(tuple(SCOPES), statistic_names.SCOPES))


class ActiveForm(Form):
    """Whether a party is called."""

    active = Hidden()


class IncidentForm(Form):
    """What is wrong, what everybody reads above each page, and whether anything is still taken in."""

    title = Text(_("出了什么事"), hint=_("只给运营的人看。"), required=True)
    banner = Text(_("页面上的提示"), hint=_("每一页上面都会看到。"), required=True)
    banner_en = Text(_("提示的英文"), required=True)
    is_read_only = Tick(_("只读：大家还能看，谁都不能再提交"))


class NoticeForm(Form):
    """What the law wants in a notice: Personal Information Protection Law, art. 57."""

    kinds = Prose(_("涉及哪几类信息"), rows=2, required=True)
    cause = Prose(_("原因"), rows=2, required=True)
    harm = Prose(_("可能造成什么危害"), rows=2, required=True)
    done = Prose(_("已经采取的补救措施"), rows=3, required=True)
    advice = Prose(_("本人可以怎样减轻危害"), rows=3, required=True)
    contact = Text(_("联系方式"), required=True)


class RequestForm(Form):
    """A request about personal data that came otherwise than on a page."""

    kind = Choice(_("要求什么"), options=worded(running_words.REQUESTS), empty=_("请选择"), required=True)
    came_by = Choice(_("怎么来的"), options=worded(running_words.CAME), empty=_("请选择"), required=True)
    reference = Text(_("您档案里的编号"), hint=_("只写编号，不写姓名和事情。"), required=True)
    received_on = Day(_("哪天收到"), required=True, default=lambda: city_day(now()))

    def validate_received_on(self, field: Day) -> None:
        if field.data and field.data > city_day(now()):
            refuse(field, "in_future")


class SettleForm(Form):
    """How a request ended."""

    move = Choice(_("结果"), options=worded(running_words.SETTLING), empty=_("请选择"), required=True)
    outcome = Text(_("做了什么，或者为什么不做"), most=500, required=True)


class PackReleaseForm(Form):
    """Which version for whom: a share of the firms by lot, and firms by name."""

    version = Choice(_("发布哪一版"), empty=_("请选择"), required=True)
    others = Choice(_("没轮到的用哪一版"), hint=_("退回时大家都用这一版。"), empty=_("请选择"), required=True)
    share = WholeNumber(_("按份额给百分之几的律所"), least=0, most=100, default=100, required=True)
    firms = Choices(_("另外给这几家"))
    why = Text(_("为什么"), required=True)

    def offer(self, versions: Sequence[str], firms: Sequence[Firm]) -> None:
        """What there is to choose from."""
        self.version.options = self.others.options = [(one, one) for one in versions]
        self.firms.options = [(firm.slug, own_name(firm)) for firm in firms]
