"""What an owner tells of her business piece by piece, shows by her licence or has looked up, and the firm that she
chooses."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from checkup.prefill.values import FIELDS, MOST_ADDRESS, Found
from tenants import bands
from tenants.bands import BANDED, find_band
from tenants.business_details import FORMS, NAME_LENGTH, BusinessDetails
from tenants.districts import DISTRICTS
from tenants.typed.identifiers import credit_code, is_of_form
from tenants.uploads import check_photo
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Tick
from webapp.forms.fields import Code, Day, Hidden, Text, refuse
from webapp.forms.files import PICTURES, Files
from webapp.wording.bands import band_options

ABOUT = ("form", "staff", "revenue", "assets")
CHOOSE = _("请选择")
PLACES = [(id_, lazy_pick(dict(name))) for id_, name in DISTRICTS.items()]


class AboutForm(Form):
    """What the next questions need to know of her business: those of the fields that were not asked yet."""

    form = Choice(
        _("您的店是怎么登记的？"),
        options=[(id_, lazy_pick(name)) for id_, name in FORMS.items()],
        radio=True,
        required=True,
    )
    staff = Choice(_("除了您自己，几个人干活？"), hint=_("家人帮工也算。"), radio=True, required=True)
    revenue = Choice(_("去年一年，大概做了多少生意？"), radio=True, required=True)
    assets = Choice(_("现在的家当，大概值多少？"), hint=_("设备、存货、存款加起来。"), radio=True, required=True)

    def ask(self, asked: Sequence[str], trade: str) -> None:
        """Only these fields, the numbers in bands for her trade."""
        for name in set(ABOUT) - set(asked):
            del self[name]
        for field in asked:
            if field in BANDED:
                self[field].options = band_options(field, trade)

    def chosen(self) -> dict[str, str]:
        return {one.name: one.data for one in self if one.name in ABOUT}


class ChooseFirmForm(AboutForm):
    """Which firm shall read: by name, or the fastest; with what a firm must know of her before it can say yes."""

    name = Text(_("店名或公司名"), hint=_("律师要先对照：他帮过对方没有。"), most=NAME_LENGTH, required=True)
    district = Choice(_("在哪个区"), options=PLACES, empty=CHOOSE, required=True)
    firm = Hidden()
    statistics = Tick(_("把不带名字的数字放进全市统计（下一项也同意才算进去）"))
    cloud = Tick(_("公布的统计，企业服务云也拿得到（上一项也同意才算进去）"))
    follow_up = Tick(_("以后提醒我回来复查"))

    def needs(self, asked: Sequence[str], trade: str) -> None:
        """Of the business only these fields."""
        self.ask([name for name in asked if name in ABOUT], trade)
        for name in {"name", "district"} - set(asked):
            del self[name]

    def chosen(self) -> dict[str, str]:
        return {**super().chosen(), **{one: self[one].data for one in ("name", "district") if one in self}}

    def consents(self) -> dict[str, bool]:
        return {purpose: bool(self[purpose].data) for purpose in ("statistics", "cloud", "follow_up")}


def with_unsaid(form: AboutForm, details: BusinessDetails) -> dict[str, Any]:
    """What was chosen, as `tenants.business_details.with_told` takes it: bands by their two ends, and which of the
    amounts she would rather not say."""
    told: dict[str, Any] = {}
    unsaid = set(details.unsaid.split())
    for name, value in form.chosen().items():
        band = find_band(name, details.trade, value) if name in BANDED else None
        if band is not None:
            told |= bands.told(name, band)
        elif name in BANDED:
            unsaid.add(name)
        else:
            told[name] = value
    if form.chosen():
        told["unsaid"] = " ".join(sorted(unsaid))
    return told


class LicencePhotoForm(Form):
    """One photo of it."""

    photo = Files(_("营业执照的照片"), least=1, most=1, accept=PICTURES, check=check_photo)

    def validate_photo(self, field: Files) -> None:
        if not field.data:
            refuse(field, "required")


class LookUpForm(Form):
    """The code that goes to the business register, and her yes (`checkup.owner.prefilled.LOOK_UP_TEXT` is its text)."""

    code = Code(_("统一社会信用代码"), hint=_("执照上18位的号码。"), reader=credit_code, required=True)
    agreed = Tick(_("同意把这个号码交给登记机关，查一次我家的登记"), required=True)


class LicenceForm(Form):
    """What was read, as it shall stand; what is left empty stays as she told it before."""

    name = Text(_("名称"), most=NAME_LENGTH)
    credit_code = Code(_("统一社会信用代码"), hint=_("执照上18位的号码。"), reader=credit_code)
    form = Choice(_("登记的是哪一种"), options=[(id_, lazy_pick(name)) for id_, name in FORMS.items()], empty=CHOOSE)
    district = Choice(_("在哪个区"), options=PLACES, empty=CHOOSE)
    address = Text(_("住所或经营场所"), most=MOST_ADDRESS)
    registered_on = Day(_("成立或注册日期"))
    with_answers = Tick(_("这些题也照上面记，不用再答"))

    def validate_credit_code(self, field: Code) -> None:
        if field.data and self.form.data and not is_of_form(field.data, self.form.data):
            refuse(field, "other_form")

    @classmethod
    def with_found(cls, found: Found) -> "LicenceForm":
        """A form that shows what was read."""
        form = cls(formdata=None, data={**found.fields(), "registered_on": None, "with_answers": True})
        form.registered_on.data = found.day
        return form

    def of_licence(self) -> list[Field]:
        return [self[name] for name in FIELDS]

    def told(self) -> dict[str, str]:
        """Field by field, "" where nothing stands."""
        return {name: "" if self[name].data is None else str(self[name].data) for name in FIELDS}
