"""What the platform's operator sends."""

from cloud.cubes.facts import period_of
from cloud.cubes.periods import is_period
from cloud.disclosure.suppression import LEAST_THRESHOLD, THRESHOLD
from cloud.partners.clients import SCOPES
from cloud.partners.operator_view import SOURCES
from cloud.releases.draft import SUPPRESSION
from tenants.clock import city_day, now
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.partner_clients import read_address
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices
from webapp.forms.fields import Hidden, Text, Typed, WholeNumber, refuse
from webapp.forms.staff import worded
from webapp.wording import statistic_names

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


class CredentialsForm(Form):
    """What a party's machine may do."""

    scope = Choices(_("权限"), options=_worded(tuple(SCOPES), statistic_names.SCOPES))


class ActiveForm(Form):
    """Whether a party is called."""

    active = Hidden()
