"""The kinds of service after a checkup that may cost something. One list for catalogue, waivers and certificates.

Labour arbitration and people's mediation are free by law and so never a fee (`labor-dispute-law 53`,
`peoples-mediation-law 4`). Pure.
"""

FEE_KINDS: dict[str, dict[str, str]] = {
    "notarisation": {"zh-Hans": "公证", "en": "Notarisation"},
    "commercial_mediation": {"zh-Hans": "商事调解", "en": "Commercial mediation"},
    "labour_mediation": {"zh-Hans": "劳动争议调解", "en": "Labour mediation"},
    "arbitration": {"zh-Hans": "商事仲裁", "en": "Commercial arbitration"},
    "appraisal": {"zh-Hans": "司法鉴定", "en": "Forensic appraisal"},
    "contract_review": {"zh-Hans": "合同审查", "en": "Contract review"},
    "representation": {"zh-Hans": "代理打官司", "en": "Representation"},
}
