"""What a body is and what it does, as closed lists. Pure."""

from collections.abc import Mapping

Words = Mapping[str, str]

MEDIATION, NOTARY, ARBITRATION, APPRAISAL = "mediation", "notary", "arbitration", "appraisal"
LEGAL_AID, LEGAL_SERVICE = "legal-aid", "legal-service"
KINDS: dict[str, Words] = {
    MEDIATION: {"zh-Hans": "调解组织", "en": "Mediation body"},
    NOTARY: {"zh-Hans": "公证处", "en": "Notary office"},
    ARBITRATION: {"zh-Hans": "仲裁委员会", "en": "Arbitration commission"},
    APPRAISAL: {"zh-Hans": "司法鉴定所", "en": "Forensic institute"},
    LEGAL_AID: {"zh-Hans": "法律援助中心", "en": "Legal aid centre"},
    LEGAL_SERVICE: {"zh-Hans": "公共法律服务中心", "en": "Public legal service centre"},
}
SERVICES: dict[str, Words] = {
    "debt": {"zh-Hans": "别人欠的钱", "en": "Money owed"},
    "lease": {"zh-Hans": "房租、房东", "en": "Leases"},
    "labour": {"zh-Hans": "和员工的事", "en": "Staff"},
    "supplier": {"zh-Hans": "供货、合作", "en": "Supply and trade"},
    "customer": {"zh-Hans": "和顾客的事", "en": "Customers"},
    "partners": {"zh-Hans": "合伙、股东", "en": "Partners and shareholders"},
    "evidence": {"zh-Hans": "保全证据", "en": "Preserving evidence"},
    "debt-instrument": {"zh-Hans": "能执行的欠条", "en": "Enforceable debt instruments"},
    "agreement": {"zh-Hans": "合同、协议公证", "en": "Notarised agreements"},
    "commercial": {"zh-Hans": "生意上的仲裁", "en": "Commercial arbitration"},
    "document": {"zh-Hans": "笔迹、印章", "en": "Handwriting and seals"},
    "goods": {"zh-Hans": "货的质量、损失多少", "en": "Quality of goods, size of a loss"},
    "accounts": {"zh-Hans": "账目", "en": "Accounts"},
    "aid": {"zh-Hans": "打官司的法律援助", "en": "Legal aid in court"},
    "advice": {"zh-Hans": "免费咨询", "en": "Free advice"},
}
SERVICES_OF: dict[str, tuple[str, ...]] = {
    MEDIATION: ("debt", "lease", "labour", "supplier", "customer", "partners"),
    NOTARY: ("evidence", "debt-instrument", "agreement"),
    ARBITRATION: ("commercial", "labour"),
    APPRAISAL: ("document", "goods", "accounts"),
    LEGAL_AID: ("aid", "labour", "advice"),
    LEGAL_SERVICE: ("advice",),
}
# What somebody of the body is.
CALLINGS: dict[str, Words] = {
    "mediator": {"zh-Hans": "调解员", "en": "Mediator"},
    "notary": {"zh-Hans": "公证员", "en": "Notary"},
    "arbitrator": {"zh-Hans": "仲裁员", "en": "Arbitrator"},
    "expert": {"zh-Hans": "鉴定人", "en": "Expert"},
    "lawyer": {"zh-Hans": "律师", "en": "Lawyer"},
    "staff": {"zh-Hans": "工作人员", "en": "Staff"},
}


def kind_of(service: str) -> str:
    """The first kind of body that does it; empty for what none does."""
    return next((kind for kind, services in SERVICES_OF.items() if service in services), "")
