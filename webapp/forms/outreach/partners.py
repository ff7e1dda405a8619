"""What is sent about partners: by whoever applies, by their bureau, by themselves."""

from tenants.login.bodies import PARTNERS
from tenants.models import Partner
from tenants.parks.admission import MOST_LINE, MOST_NAME, MOST_WHY, Application
from tenants.parks.kinds import KINDS
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_pick
from webapp.forms.about import PLACES
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Email, Phone, Text
from webapp.forms.staff import worded
from webapp.wording import codes


class PartnerApplicationForm(Form):
    """An organisation applies to bring owners in."""

    kind = Choice(
        _("是什么单位"),
        options=[(one, lazy_pick(dict(said))) for one, said in KINDS.items()],
        empty=_("请选择"),
        required=True,
    )
    name = Text(_("单位全称"), most=MOST_NAME, required=True, autocomplete="organization")
    name_en = Text(_("英文名（可以不填）"), most=MOST_NAME)
    district = Choice(_("在哪个区"), options=PLACES, empty=_("请选择"), required=True)
    address = Text(_("地址"), most=MOST_LINE, required=True)
    phone = Phone(_("联系电话"), required=True)
    contact_name = Text(_("联系人"), most=MOST_NAME, required=True, autocomplete="name")
    contact_email = Email(_("联系人邮箱（以后用它登录）"), required=True)

    def application(self) -> Application:
        return Application(**{name: self[name].data for name in Application.__dataclass_fields__})


class DecidePartnerForm(Form):
    """Why a partner is admitted or not, rests or goes."""

    why = Text(_("理由（对方看得到）"), most=MOST_WHY)


class InviteAgentForm(Form):
    """Somebody who is to work at a partner."""

    email = Email(_("邮箱"), required=True)
    role = Choice(_("职务"), options=worded({one: codes.ROLES[one] for one in PARTNERS.roles}), required=True)


class PartnerWordsForm(Form):
    """How a partner is reached."""

    address = Text(_("地址"), most=MOST_LINE, required=True)
    phone = Phone(_("联系电话"), required=True)
    contact = Text(_("联系人"), most=MOST_NAME, required=True)
    email = Email(_("联系邮箱"), required=True)

    @staticmethod
    def of(row: Partner) -> dict[str, str]:
        """What the fields hold before anybody typed."""
        told = {"address": row.address, "phone": row.phone}
        return told | {"contact": row.contact_name, "email": row.contact_email}
