"""What a partner is, as a closed list. Pure."""

from collections.abc import Mapping

KINDS: dict[str, Mapping[str, str]] = {
    "park": {"zh-Hans": "园区", "en": "Business park"},
    "incubator": {"zh-Hans": "孵化器", "en": "Incubator"},
    "chamber": {"zh-Hans": "商会", "en": "Chamber of commerce"},
    "bank": {"zh-Hans": "银行网点", "en": "Bank branch"},
    "market": {"zh-Hans": "市场、街区", "en": "Market or street"},
}
