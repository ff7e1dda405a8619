"""The official size classes. Source: 中小企业划型标准规定 (工信部联企业〔2011〕300号), 2011-06-18.

Medium and small need both lower limits; whoever misses either falls to the next lower class; the limit itself
counts as reached. Finance, education, health, public bodies are classed as `other`, by analogy.
"""

from dataclasses import dataclass

Limits = dict[str, float]


@dataclass(frozen=True)
class Trade:
    """One row of the official table: staff in people, revenue and assets in 万元."""

    name: dict[str, str]
    section: str
    large: Limits
    medium: Limits
    small: Limits


def _staff_revenue(large: tuple[int, int], medium: tuple[int, int], small: tuple[int, int]) -> list[Limits]:
    return [{"staff": staff, "revenue": revenue} for staff, revenue in (large, medium, small)]


def _trade(zh: str, en: str, section: str, limits: list[Limits]) -> Trade:
    return Trade({"zh-Hans": zh, "en": en}, section, *limits)


_FOOD_AND_BED = _staff_revenue((300, 10000), (100, 2000), (10, 100))

TRADES: dict[str, Trade] = {
    "catering": _trade("餐饮（饭店、面馆、奶茶、外卖）", "Restaurants and catering", "H", _FOOD_AND_BED),
    "retail": _trade(
        "零售（店铺、网店）",
        "Retail (shop or online)",
        "F",
        _staff_revenue((300, 20000), (50, 500), (10, 100)),
    ),
    "wholesale": _trade("批发", "Wholesale", "F", _staff_revenue((200, 40000), (20, 5000), (5, 1000))),
    "industry": _trade("生产加工", "Manufacturing", "C", _staff_revenue((1000, 40000), (300, 2000), (20, 300))),
    "construction": _trade(
        "建筑、装修",
        "Building and fitting-out",
        "E",
        [
            {"revenue": 80000, "assets": 80000},
            {"revenue": 6000, "assets": 5000},
            {"revenue": 300, "assets": 300},
        ],
    ),
    "lodging": _trade("住宿（宾馆、民宿）", "Hotels and lodging", "H", _FOOD_AND_BED),
    "transport": _trade("运输", "Transport", "G", _staff_revenue((1000, 30000), (300, 3000), (20, 200))),
    "storage": _trade("仓储", "Storage", "G", _staff_revenue((200, 30000), (100, 1000), (20, 100))),
    "post": _trade("快递、邮政", "Courier and post", "G", _staff_revenue((1000, 30000), (300, 2000), (20, 100))),
    "information": _trade(
        "网络、通信服务", "Internet and telecoms", "I", _staff_revenue((2000, 100000), (100, 1000), (10, 100))
    ),
    "software": _trade("软件、信息技术", "Software and IT", "I", _staff_revenue((300, 10000), (100, 1000), (10, 50))),
    "real_estate": _trade(
        "房地产开发",
        "Property development",
        "K",
        [
            {"revenue": 200000, "assets": 10000},
            {"revenue": 1000, "assets": 5000},
            {"revenue": 100, "assets": 2000},
        ],
    ),
    "property_mgmt": _trade(
        "物业管理", "Property management", "K", _staff_revenue((1000, 5000), (300, 1000), (100, 500))
    ),
    "leasing": _trade(
        "租赁、商务服务（中介、广告、咨询）",
        "Leasing and business services",
        "L",
        [{"staff": 300, "assets": 120000}, {"staff": 100, "assets": 8000}, {"staff": 10, "assets": 100}],
    ),
    "agriculture": _trade(
        "农、林、牧、渔",
        "Farming, forestry, fishing",
        "A",
        [{"revenue": 20000}, {"revenue": 500}, {"revenue": 50}],
    ),
    "other": _trade(
        "其他（理发、修理、培训、文体、诊所等）",
        "Other (hairdressing, repairs, training, culture, clinics …)",
        "O",
        [{"staff": 300}, {"staff": 100}, {"staff": 10}],
    ),
}

SECTIONS = tuple("ABCDEFGHIJKLMNOPQRST")
SIZES: dict[str, dict[str, str]] = {
    "micro": {"zh-Hans": "微型", "en": "Micro"},
    "small": {"zh-Hans": "小型", "en": "Small"},
    "medium": {"zh-Hans": "中型", "en": "Medium"},
    "large": {"zh-Hans": "大型", "en": "Large"},
}


def size_class(trade: str, staff: float, revenue: float | None, assets: float | None) -> str:
    """`micro`, `small`, `medium` or `large`. Revenue of the last full year and assets at its end, in 万元.

    Who would rather not say her money is classed by what she did say; where that is nothing the table asks, as micro.
    """
    row, facts = TRADES[trade], {"staff": staff, "revenue": revenue, "assets": assets}
    known = {indicator: value for indicator, value in facts.items() if value is not None}
    for name, limits in (("large", row.large), ("medium", row.medium), ("small", row.small)):
        asked = [(value, limits[indicator]) for indicator, value in known.items() if indicator in limits]
        if asked and all(value >= limit for value, limit in asked):
            return name
    return "micro"


def money_that_decides(trade: str, staff: float) -> tuple[str, ...]:
    """The amounts that the size class of so many people in this trade still turns on; none where it is micro anyway."""
    row = TRADES[trade]
    if "staff" in row.small and staff < row.small["staff"]:
        return ()
    return tuple(indicator for indicator in ("revenue", "assets") if indicator in row.small)
