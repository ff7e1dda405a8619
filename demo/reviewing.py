"""The demo city's finding library."""

import uuid

from checkup.packs.catalogue import PACK
from checkup.signoff import text_blocks
from checkup.signoff.text_blocks import BlockDraft
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work

_BLOCKS = (
    BlockDraft(
        "", "labor-contract-law", "没签书面合同",
        "用人单位自用工之日起超过一个月不满一年未订立书面劳动合同的，应当依《劳动合同法》第八十二条每月支付二倍工资。"
        "建议立即补签，并留存送达和签收凭证。",
        "人来干活一个月内要签合同。现在就补签，让他签字、写上日期，您留一份、他留一份。",
    ),
    BlockDraft(
        "", "civil-code", "欠款要催，别让时效过去",
        "普通诉讼时效为三年（《民法典》第一百八十八条）；书面催告、对方同意履行均使时效中断（第一百九十五条）。",
        "别人欠您的钱，三年不催就可能要不回来。发一条写清楚数目和日期的微信，截图留好。",
    ),
    BlockDraft(
        "", "labor-contract-law", "按法定程序解除",
        "解除前应核对《劳动合同法》第三十九条至第四十一条的情形，并依第四十三条通知工会。",
        "要请人走，先别急着说。写下原因、留好证据，把打算告诉我们，看过再谈。",
    ),
    BlockDraft(
        "", "", "先留证据",
        "建议及时固定书证、电子数据及付款凭证，注明形成时间与来源。",
        "先把合同、转账和聊天记录拍照存好，日期要看得见。别删，也别改。",
    ),
)  # fmt: skip


def fill_library(firm_id: uuid.UUID, lawyer_id: uuid.UUID, by: str) -> None:
    """Some texts of the firm, each with its plain twin."""
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer_id)) as session:
        for draft in _BLOCKS:
            text_blocks.save_block(
                session, firm_id=firm_id, block_id=None, draft=draft, version=0, pack_id=PACK, by=by, now=now()
            )
