"""What a head of a bureau, or who runs the platform, sends about the people who work there."""

from tenants.login.posts import MOST_NAME, ROLES
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Email, Hidden, Text
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
