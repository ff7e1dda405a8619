"""What anybody may send."""

import dataclasses
from decimal import Decimal
from typing import Any

from wtforms import Field

from tenants import bands
from tenants.bands import BANDED, find_held
from tenants.business_details import FORMS, MOST_MONEY, MOST_STAFF, NAME_LENGTH, BusinessDetails, describe, is_doubtful
from tenants.businesses import CONSENT_PURPOSES
from tenants.sizes import TRADES
from tenants.typed.codes import code
from tenants.typed.identifiers import credit_code, is_of_form
from webapp.edge.i18n import LOCALES, lazy_pick
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.about import CHOOSE, PLACES
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Tick
from webapp.forms.fields import Code, Hidden, Number, Once, Phone, Text, WholeNumber, refuse
from webapp.wording.bands import UNSAID, band_options, band_words

_OF_BUSINESS = ("name", "credit_code", "form", "trade", "staff_band", "revenue_band", "assets_band", "district")


class DetailsForm(Form):
    """An owner tells of her business, or corrects what she told. Money in 万元."""

    name = Text(_("店名或公司名"), most=NAME_LENGTH, required=True, autocomplete="organization")
    credit_code = Code(_("统一社会信用代码（可以不填）"), hint=_("执照上18位的号码。"), reader=credit_code)
    form = Choice(
        _("登记的是哪一种"),
        options=[(id_, lazy_pick(name)) for id_, name in FORMS.items()],
        empty=CHOOSE,
        required=True,
    )
    trade = Choice(
        _("主要做什么"),
        options=[(id_, lazy_pick(dict(trade.name))) for id_, trade in TRADES.items()],
        empty=CHOOSE,
        required=True,
    )
    staff_band = Choice(_("一共几个人干活（不算您自己，家人帮工也算）"), empty=CHOOSE)
    revenue_band = Choice(_("去年营业额"), hint=_("税务看不到。"), empty=CHOOSE)
    assets_band = Choice(_("现在的家当值多少"), hint=_("设备、存货、存款加起来。税务看不到。"), empty=CHOOSE)
    staff = WholeNumber(_("几个人"), most=MOST_STAFF)
    revenue = Number(_("去年营业额（万元）"), most=MOST_MONEY, unit=10_000)
    assets = Number(_("现在的家当值多少（万元）"), most=MOST_MONEY, unit=10_000)
    district = Choice(_("在哪个区"), options=PLACES, empty=CHOOSE, required=True)
    sure = Tick(_("数字没错，就是这么多"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in BANDED:
            band: Choice = self[f"{name}_band"]
            band.options = [*band_options(name, "")]
            if band.data not in dict(band.options) and (held := find_held(name, band.data)):  # a band of her trade
                band.options.append((held.id, band_words(name, held)))

    @staticmethod
    def told_before(details: BusinessDetails) -> dict[str, Any]:
        """The data of a form that begins with what was told: bands as bands, exact figures as figures."""
        data = dataclasses.asdict(details)
        for name in BANDED:
            upper = data[f"{name}_to"]
            if upper is not None:
                data[f"{name}_band"] = bands.band_told(name, data[name], upper).id
                data[name] = None
            elif name in details.unsaid.split():
                data[f"{name}_band"] = UNSAID
        return data

    def exact(self) -> list[Field]:
        """For whoever has the figures ready; they go before a band."""
        return [self[name] for name in BANDED]

    def _check_band(self, field: Choice) -> None:
        exact = self[field.name.removesuffix("_band")]
        if not field.data and exact.data is None and not exact.typed:
            refuse(field, "required")

    validate_staff_band = validate_revenue_band = validate_assets_band = _check_band

    def of_business(self) -> list[Field]:
        """The fields that tell of the business, as they are asked."""
        return [self[name] for name in _OF_BUSINESS]

    def validate_credit_code(self, field: Code) -> None:
        if field.data and self.form.data and not is_of_form(field.data, self.form.data):
            refuse(field, "other_form")

    def validate_revenue(self, field: Number) -> None:
        """Yuan in a field of 万元 make a large company of a farm: whoever types so much for so few is asked once."""
        staff = self.staff.data
        if None not in (field.data, staff) and is_doubtful(float(field.data), staff) and not self.sure.data:
            refuse(field, "which_unit", staff=staff, amount=in_words(field.data))

    validate_assets = validate_revenue

    @property
    def asks_unit(self) -> bool:
        """Whether an amount waits for her word that it is right."""
        faults = (*self.revenue.errors, *self.assets.errors)
        return self.sure.data or any(getattr(fault, "code", "") == "which_unit" for fault in faults)

    def details(self) -> BusinessDetails:
        return describe(
            name=self.name.data,
            credit_code=self.credit_code.data or None,
            form=self.form.data,
            trade=self.trade.data,
            district=self.district.data,
            **self._numbers(),
        )

    def _numbers(self) -> dict[str, Any]:
        """People and money: a figure, the two ends of a band, or that she would rather not say."""
        told: dict[str, Any] = {}
        for name in BANDED:
            exact, band = self[name].data, find_held(name, self[f"{name}_band"].data)
            if exact is not None:
                told[name] = int(exact) if name == "staff" else float(exact)
            elif band is not None:
                told |= bands.told(name, band)
        told["unsaid"] = " ".join(sorted(name for name in BANDED if name not in told))
        return told


class BeginForm(Form):
    """The first question of a checkup, before anything else is asked: what she does for a living."""

    once = Once()
    trade = Choice(
        _("您主要做什么生意？"),
        options=[(id_, lazy_pick(dict(trade.name))) for id_, trade in TRADES.items()],
        radio=True,
        required=True,
    )
    apart = Tick(_("我不是刚才那位店主，请分开放"), hint=_("勾上以后，这台设备上就看不到刚才那份了。"))

    def told(self) -> str:
        """What she told by one showing of this form: told differently, it is another business."""
        return f"{self.once.data} {self.trade.data} {self.apart.data}"


class StartForm(DetailsForm):
    """An owner begins: her business, and what she agrees to."""

    once = Once()
    review = Tick(_("请这家所的律师看我的回答，并签一份报告"))
    statistics = Tick(_("把不带名字的数字放进全市统计（下一项也同意才算进去）"))
    cloud = Tick(_("公布的统计，企业服务云也拿得到（上一项也同意才算进去）"))
    follow_up = Tick(_("以后提醒我回来复查"))
    apart = Tick(_("我不是刚才那位店主，请分开放"), hint=_("勾上以后，这台设备上就看不到刚才那份了。"))

    def told(self) -> str:
        """Everything she told by one showing of this form: told differently, it is another business."""
        return f"{self.once.data} {self.details()} {self.apart.data}"

    def consents(self) -> dict[str, bool]:
        return {purpose: self[purpose].data for purpose in CONSENT_PURPOSES}


def in_words(ten_thousands: Decimal) -> str:
    """An amount as people say it: 30亿, 8000万."""
    large = ten_thousands / 10_000
    if large >= 1:
        return str(_("{n}亿", n=f"{large.normalize():f}"))
    return str(_("{n}万", n=f"{ten_thousands.normalize():f}"))


class ResumeCodeForm(Form):
    """Going on from another device."""

    code = Code(_("续答码（8位）"))
    phone = Phone(_("手机号"))


class StatusForm(Form):
    """Where a case stands."""

    number = Text(_("体检号"), most=60)
    code = Code(_("续答码（8位）"))


class VerifyForm(Form):
    """The number on a paper, typed by whoever holds it."""

    class Meta:
        csrf = False

    number = Code(_("核验号"), reader=code, hint=_("印在报告或证明的最后，FM或JM开头。大小写、空格、短横线都没关系。"))


class BackForm(Form):
    """The language, and the page to come back to."""

    back = Hidden(most=2000)
    locale = Hidden()


class LookForm(Form):
    """How pages look and sound on this phone, and the page to come back to."""

    back = Hidden(most=2000)
    text = Choice(_("字号"), options=[("normal", _("标准字")), ("large", _("大字"))], radio=True)
    scheme = Choice(
        _("颜色"),
        options=[("auto", _("跟手机一样")), ("light", _("白底黑字")), ("dark", _("黑底白字"))],
        radio=True,
    )
    contrast = Choice(_("对比"), options=[("auto", _("跟手机一样")), ("more", _("更分明"))], radio=True)
    aloud = Choice(
        _("朗读"),
        options=[("off", _("不读，要听再点")), ("on", _("打开题目和结果就读"))],
        hint=_("声音由手机的浏览器念，有的浏览器没有。"),
        radio=True,
    )


class DirectoryForm(Form):
    """Which firms to show."""

    class Meta:
        csrf = False

    district = Choice(_("在哪个区"), options=PLACES, empty=_("全部"))
    language = Choice(_("语言"), options=LOCALES.items(), empty=_("全部"))


class QuoteForm(Form):
    """What a service would cost: how many, or how much is at stake."""

    class Meta:
        csrf = False

    service = Choice(_("服务"))
    given = Text(_("几份，或者涉及多少钱（元）"), most=40, hint=_("固定价的不用填。"), inputmode="decimal")
