"""What staff send at the doors that lead in, and about their own account."""

from dataclasses import fields, replace

from wtforms.validators import ValidationError

from tenants.errors import Invalid
from tenants.firms.admission import Application, is_licence
from tenants.login.memberships import check_password
from tenants.typed import codes
from tenants.typed.codes import DIGITS, HEX
from tenants.typed.text import for_machines
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.about import PLACES
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Code, Email, Hidden, Phone, Secret, Text, refuse
from webapp.forms.files import Files

MOST_PASSKEY = 8000


class LoginName(Text):
    """The e-mail of a member of staff; a wrong one is answered like a wrong password."""

    inputmode = "email"
    autocomplete = "username"

    def read(self, raw: str) -> str:
        return self._within(for_machines(raw).lower())


class NewPassword(Secret):
    """A password to come: long enough and not too simple."""

    autocomplete = "new-password"

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        try:
            check_password(self.data)
        except Invalid as refused:
            raise ValidationError(replace(refused.faults[0], field=self.name)) from None


class LoginForm(Form):
    """E-mail and password."""

    email = LoginName(_("邮箱"))
    password = Secret(_("密码"))


class ForgottenForm(Form):
    """Whose password was forgotten."""

    email = LoginName(_("邮箱"), required=True)


class ResetForm(Form):
    """The new password."""

    password = NewPassword(_("新密码（至少10个字符）"))


class SecondFactorForm(Form):
    """The second step: a code of the app, a recovery code, or a passkey that a script asked for."""

    code = Code(_("验证器里的6位数，或一个恢复码"), alphabet=HEX, autocomplete="one-time-code")
    passkey = Hidden(most=MOST_PASSKEY)


class SetUpForm(Form):
    """The first code of an app that was just set up."""

    code = Code(_("6位数"), alphabet=DIGITS, autocomplete="one-time-code", inputmode="numeric")


class InvitationForm(Form):
    """A name and a password; or the password that one already has here."""

    name = Text(_("您的姓名"), most=60, autocomplete="name")
    password = NewPassword(_("密码（至少10个字符；已有账号就填原来的）"))


class FirstRunForm(Form):
    """The first bureau of a new installation, and its first officer."""

    name = Text(_("司法局全称"), most=100, required=True, autocomplete="organization")
    name_en = Text(_("英文名（可以不填）"), most=100)
    district = Choice(_("管哪里"), options=PLACES, empty=_("全市"))
    officer = Text(_("您的姓名"), most=60, required=True, autocomplete="name")
    email = Email(_("您的工作邮箱（以后用它登录）"), required=True)
    password = NewPassword(_("密码（至少10个字符）"), required=True)


class PasswordForm(Form):
    """Another password."""

    old = Secret(_("原来的密码"))
    new = NewPassword(_("新密码（至少10个字符）"))


class WeeklyMailForm(Form):
    """The Monday's mail: on or off."""

    weekly = Hidden()


class PasskeyForm(Form):
    """One more passkey, as the browser made it."""

    passkey = Hidden(most=MOST_PASSKEY)
    label = Text(_("给这把通行密钥起个名"), most=60)


class PasskeyToRemoveForm(Form):
    """Which passkey goes."""

    id = Hidden(most=400)


class PlaceForm(Form):
    """Where to go to work."""

    place = Hidden()


class JoinForm(Form):
    """A firm applies to join, with its papers."""

    name = Text(_("律所全称"), most=100, required=True, autocomplete="organization")
    name_en = Text(_("英文名（可以不填）"), most=100)
    licence_number = Code(_("执业许可证号"), reader=codes.code, required=True)
    district = Choice(_("在哪个区"), options=PLACES, empty=_("请选择"), required=True)
    phone = Phone(_("联系电话"), required=True)
    contact_name = Text(_("联系人"), most=100, required=True, autocomplete="name")
    contact_email = Email(_("联系人邮箱（以后用它登录）"), required=True)
    papers = Files(_("执业许可证的照片或PDF"), least=1, hint=_("照片或PDF，最多5个，照片每张20兆、PDF每个8兆以内。"))

    def validate_licence_number(self, field: Code) -> None:
        if field.data and not is_licence(field.data):
            refuse(field, "not_a_licence")

    def application(self) -> Application:
        return Application(**{one.name: self[one.name].data for one in fields(Application)})
