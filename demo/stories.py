"""What owners of the demo city tell when they apply for relief, and how far each application got."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billing.hardship.facts import Fact

CALM: dict[str, Fact] = {
    "turnover_fall": 0, "loss_months": 0, "wage_arrears": 0, "rent_arrears": 0, "overdue_share": 0, "struck": "none",
    "certificates": (),
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What an owner tells, and how far her application got. `outcome`: what is granted then."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    state: str = "applied"
    outcome: str = "half_price"
    signed_name: str = ""
    papers: tuple[str, ...] = ()
    wish: str = ""


STORIES = (
    Story({"turnover_fall": 30}, "granted", papers=("sales_record",)),
    Story({"turnover_fall": 50}, "granted", "all_waived", papers=("tax_return",)),
    Story({"rent_arrears": 2}, "granted", "six_parts", signed_name="陈老板", wish="six_parts"),
    Story({"struck": "disaster"}, "granted", "all_waived", papers=("disaster_notice",)),
    Story({"turnover_fall": 30}, "applied", signed_name="王老板"),
    Story({"certificates": ("tax_deferral",)}, "granted", papers=("certificate",)),
    Story({"overdue_share": 20}, "recommended", papers=("receivables",)),
    Story({"wage_arrears": 1}, "granted", "three_months_later", papers=("wage_list",)),
    Story({"turnover_fall": 20}, "refused"),
    Story({"turnover_fall": 30}, "granted", "six_parts", papers=("bank_statement",)),
    Story({"loss_months": 6}, "granted", papers=("bank_statement",)),
    Story({"turnover_fall": 30}, "more_asked"),
    Story({"certificates": ("legal_aid",)}, "granted", "all_waived", papers=("certificate",)),
    Story({"turnover_fall": 20}, "appealed"),
    Story({"rent_arrears": 2}, "reset_asked", "three_months_later", papers=("rent_notice",)),
    Story({"turnover_fall": 50}, "granted", papers=("sales_record",)),
    Story({"turnover_fall": 30}, "granted", signed_name="李老板"),
    Story({"turnover_fall": 30}, "recommended", papers=("sales_record",)),
    Story({"turnover_fall": 50}, "revoked", "all_waived", signed_name="赵老板"),
    Story({"loss_months": 3}, "decided"),
    Story({"struck": "emergency"}, "granted", papers=("disaster_notice",)),
    Story({"turnover_fall": 30}, "granted", "three_months_later", papers=("sales_record",)),
    *(Story({"turnover_fall": 30}, "granted", papers=("sales_record",)) for _ in range(10)),
)
