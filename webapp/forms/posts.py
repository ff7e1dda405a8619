"""What a head of a bureau, or who runs the platform, sends about the people who work there; stations and helpers."""

from tenants.login.posts import MOST_NAME, ROLES
from tenants.models import STATION_KINDS
from tenants.stations import admission
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Tick
from webapp.forms.fields import Email, Hidden, Phone, Text
from webapp.forms.staff import worded
from webapp.wording import codes


class OperatorForm(Form):
    """Somebody who is to run the platform."""

    email = Email(_("邮箱"), required=True)
    name = Text(_("姓名"), most=MOST_NAME, required=True)


class OfficerForm(OperatorForm):
    """Somebody who is to work at a bureau."""

    role = Choice(_("职务"), options=worded({one: codes.ROLES[one] for one in ROLES}), required=True)


class PostForm(Form):
    """What is done about somebody's post: the name, where that changes; the role, by the button."""

    name = Text(_("姓名"), most=MOST_NAME)
    role = Hidden()


class StationForm(Form):
    """A station where helpers work."""

    kind = Choice(
        _("是什么"),
        options=worded({one: codes.STATION_KINDS[one] for one in STATION_KINDS}),
        radio=True,
        required=True,
    )
    name = Text(_("名称"), most=admission.MOST_NAME, required=True)
    name_en = Text(_("英文名称（可以不填）"), most=admission.MOST_NAME)
    phone = Phone(_("电话"), hint=_("店主在自己的页面上看得到。"), required=True)


class DecideStationForm(Form):
    """Why a station rests or goes."""

    why = Text(_("理由"), most=admission.MOST_WHY)


class DutyForm(Form):
    """A helper's yes to secrecy."""

    agreed = Tick(_("我读过了，照着做"), required=True)
