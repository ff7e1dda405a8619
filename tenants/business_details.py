"""What an owner says about her business. Pure."""

from dataclasses import dataclass

from tenants.sizes import TRADES, size_class

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
    """A business as its owner describes it. Money in 万元; `size` follows from the official table."""

    name: str
    credit_code: str | None
    form: str
    section: str
    trade: str
    staff: int
    revenue: float
    assets: float
    district: str
    size: str

    def profile(self) -> dict[str, str | float]:
        """The pack's profile fields, as scoring reads them."""
        return {field: getattr(self, field) for field in PROFILE_FIELDS}


def is_doubtful(amount: float, staff: int) -> bool:
    """Whether an amount (万元) is so large for so few people that its unit must be asked: three people and 30 亿."""
    return amount >= _LEAST_ASKED and amount > _MOST_A_HEAD * (staff + 1)


def describe(
    *,
    name: str,
    form: str,
    trade: str,
    staff: int,
    revenue: float,
    assets: float,
    district: str,
    credit_code: str | None = None,
) -> BusinessDetails:
    """A business as it was told; section and size follow."""
    size, section = size_class(trade, staff, revenue, assets), TRADES[trade].section
    return BusinessDetails(name, credit_code, form, section, trade, staff, revenue, assets, district, size)
