"""What a hardship policy may ask about: a closed list of facts, each with its kind, and the papers that prove them.

Facts about trouble come from the owner's four questions; facts about the business from the checkup. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checkup.packs.conditions import Facts
from tenants.business_details import FORMS
from tenants.districts import DISTRICTS
from tenants.sizes import SECTIONS, SIZES

Fact = str | float | tuple[str, ...]
Text = dict[str, str]


def _t(zh: str, en: str) -> Text:
    return {"zh-Hans": zh, "en": en}


CERTIFICATES: dict[str, Text] = {
    "legal_aid": _t("法律援助决定书", "Decision granting legal aid"),
    "social_relief": _t("低保证或特困供养证", "Social relief certificate"),
    "court_relief": _t("法院准许缓、减、免交诉讼费的通知", "Court notice deferring or reducing its fees"),
    "tax_deferral": _t("税务局准许延期缴税的决定", "Tax office decision allowing late payment"),
    "disability": _t("残疾人证（经营者本人）", "Disability certificate of the owner"),
    "hardship_business": _t("政府发的困难企业认定", "Official recognition as a business in hardship"),
}
PAPERS: dict[str, Text] = {
    "tax_return": _t("报税表（增值税或所得税）", "Tax return"),
    "bank_statement": _t("银行流水", "Bank statement"),
    "sales_record": _t("收款记录（微信、支付宝、收银机）", "Sales record (payment app or till)"),
    "wage_list": _t("工资表或欠薪的字条", "Wage list or note of wages owed"),
    "rent_notice": _t("催租通知或租约", "Rent demand or lease"),
    "receivables": _t("对账单、欠条或送货单", "Statement of account, IOU or delivery notes"),
    "disaster_notice": _t("受灾或管控的通知、照片", "Notice or photos of the disaster or closure"),
    "certificate": _t("证书或决定书", "The certificate or decision itself"),
    "other": _t("其他材料", "Something else"),
}
STRUCK: dict[str, Text] = {
    "none": _t("没有", "No"),
    "disaster": _t("有，自然灾害（水、火、台风等）", "Yes: flood, fire, typhoon or the like"),
    "emergency": _t("有，政府通知停业或封控", "Yes: closed or sealed off by order"),
}


@dataclass(frozen=True)
class Kind:
    """`number`: only `ge` and `lt`, so that an answer given as a band is exact. `choice` and `many`: these values."""

    name: str
    values: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    most: float = 0


def _number(most: float) -> Kind:
    return Kind("number", (), ("ge", "lt"), most)


def _choice(values: Mapping[str, object]) -> Kind:
    return Kind("choice", tuple(values), ("is", "in"))


FACTS: dict[str, Kind] = {
    "turnover_fall": _number(100),  # per cent less than in the same months a year before
    "loss_months": _number(120),  # months of loss in a row
    "wage_arrears": _number(120),  # months of wages owed to staff
    "rent_arrears": _number(120),  # months of rent owed
    "overdue_share": _number(1000),  # overdue receivables in per cent of last year's turnover
    "struck": _choice(STRUCK),
    "certificates": Kind("many", tuple(CERTIFICATES), ("has",)),
    "staff": _number(1e6),
    "revenue": _number(1e8),  # 万元, last full year
    "size": _choice(SIZES),
    "form": _choice(FORMS),
    "section": _choice(dict.fromkeys(SECTIONS)),
    "district": _choice(DISTRICTS),
}
OF_BUSINESS = ("staff", "revenue", "size", "form", "section", "district")
ARREARS = ("loss_months", "wage_arrears", "rent_arrears", "overdue_share")


@dataclass(frozen=True)
class HardshipFacts(Facts):
    """What is known of one business; a fact that is absent is unknown. The facts of `checkup.packs.conditions`."""

    values: Mapping[str, Fact]

    def on_path(self, ref: str) -> bool:
        return True

    def value(self, ref: str) -> Fact | None:
        return self.values.get(ref)

    def with_grounds(self, grounds: tuple[str, ...]) -> "HardshipFacts":
        """The same facts and, as `grounds`, the ids of the grounds that hold."""
        return HardshipFacts({**self.values, "grounds": grounds})
