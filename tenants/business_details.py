"""What an owner says about her business. Pure."""

from dataclasses import dataclass, fields
from typing import Any

from tenants.sizes import TRADES, money_that_decides, size_class

FORMS: dict[str, dict[str, str]] = {
    "individual": {"zh-Hans": "个体工商户", "en": "Individual business"},
    "company": {"zh-Hans": "公司", "en": "Company"},
    "sole": {"zh-Hans": "个人独资企业", "en": "Sole proprietorship"},
    "partnership": {"zh-Hans": "合伙企业", "en": "Partnership"},
    "other": {"zh-Hans": "其他 / 还没登记", "en": "Other / not registered yet"},
}
NAME_LENGTH = 200
MOST_STAFF, MOST_MONEY = 100_000, 100_000_000
# What nobody makes or owns per head (万元): beyond it yuan were typed where 万元 are asked, or we ask once more.
_MOST_A_HEAD, _LEAST_ASKED = 2_000, 3_000
PROFILE_FIELDS = ("form", "section", "trade", "staff", "revenue", "assets", "district", "size")


@dataclass(frozen=True)
class BusinessDetails:
    """A business as its owner describes it, piece by piece: what she was not asked is "" or None.

    Money in 万元; `size` follows from the official table. Where she told a band, the number is its lower end and `…_to`
    its upper one; `unsaid` names, one by one, what she would rather not say.
    """

    name: str
    credit_code: str | None
    form: str
    section: str
    trade: str
    staff: int | None
    revenue: float | None
    assets: float | None
    district: str
    size: str
    staff_to: int | None = None
    revenue_to: float | None = None
    assets_to: float | None = None
    unsaid: str = ""

    def profile(self) -> dict[str, str | float]:
        """The pack's profile fields that are known, as scoring reads them."""
        told = {field: getattr(self, field) for field in PROFILE_FIELDS}
        return {field: value for field, value in told.items() if value not in ("", None)}

    def is_open(self, field: str) -> bool:
        """Whether she was never asked."""
        return getattr(self, field) in ("", None) and field not in self.unsaid.split()

    @property
    def turns_on_money(self) -> tuple[str, ...]:
        """The amounts without which the size class is not known."""
        return () if not self.trade or self.staff is None else money_that_decides(self.trade, self.staff)


def is_doubtful(amount: float, staff: int) -> bool:
    """Whether an amount (万元) is so large for so few people that its unit must be asked: three people and 30 亿."""
    return amount >= _LEAST_ASKED and amount > _MOST_A_HEAD * (staff + 1)


def describe(
    *,
    trade: str,
    name: str = "",
    form: str = "",
    staff: int | None = None,
    revenue: float | None = None,
    assets: float | None = None,
    district: str = "",
    credit_code: str | None = None,
    staff_to: int | None = None,
    revenue_to: float | None = None,
    assets_to: float | None = None,
    unsaid: str = "",
) -> BusinessDetails:
    """A business as it was told; section and size follow. Nobody is classed before it is known how many work there."""
    size = "" if staff is None else size_class(trade, staff, revenue, assets)
    return BusinessDetails(
        name=name,
        credit_code=credit_code,
        form=form,
        section=TRADES[trade].section,
        trade=trade,
        staff=staff,
        revenue=revenue,
        assets=assets,
        district=district,
        size=size,
        staff_to=staff_to,
        revenue_to=revenue_to,
        assets_to=assets_to,
        unsaid=unsaid,
    )


def with_told(details: BusinessDetails, **told: Any) -> BusinessDetails:
    """The same business with more told of it; section and size follow anew."""
    kept = {one.name: getattr(details, one.name) for one in fields(details) if one.name not in ("section", "size")}
    return describe(**{**kept, **told})
