"""An application for legal aid, filled in as far as is known; she writes the rest by hand and signs."""

from dataclasses import dataclass

from checkup.aid.values import CLAIM, Aid, Terms, Told
from tenants.districts import DISTRICTS
from tenants.models import Business
from tenants.sizes import TRADES
from webapp.paper_files import Parts

TITLE = "法律援助申请书"
_BY_HAND = "＿＿＿＿＿＿＿＿＿＿＿＿"
_INCOMES = {
    "exempt": "有社会救助、司法救助、优抚等证明，或属于没有固定生活来源的老年人、残疾人",
    "unsaid": f"人均每月{_BY_HAND}元",
    "below": "人均每月{line}元以下",
    "between": "人均每月{line}元到{ask}元",
    "above": "人均每月{ask}元以上",
}


@dataclass(frozen=True)
class Application:
    """What she answered and wrote; `body`: the centre's name, empty where none is listed."""

    told: Told
    person: str
    phone: str
    words: str
    body: str


def parts_of(application: Application, aid: Aid, terms: Terms, business: Business) -> Parts:
    """In Chinese, whatever she reads: it is the centre's paper."""
    told = application.told
    side = "提出请求的一方" if told.side == CLAIM else "被请求、被起诉的一方"
    district, trade = DISTRICTS.get(business.district), TRADES.get(business.trade)
    limit = [f"最晚要办的日子：{told.limit.isoformat()}"] if told.limit else []
    story = [line for line in application.words.split("\n") if line.strip()]
    return [
        ("申请人", [
            f"姓名：{application.person}", f"电话：{application.phone}", f"身份证号码：{_BY_HAND}",
            f"住址：{_BY_HAND}",
        ]),
        ("经营的店", [
            f"店名：{business.name or _BY_HAND}",
            f"所在区：{district['zh-Hans'] if district else _BY_HAND}",
            f"行业：{trade.name['zh-Hans'] if trade else _BY_HAND}",
        ]),
        ("申请事项", [f"事情：{told.matter.title['zh-Hans']}", f"申请人是：{side}", *limit]),
        ("家庭经济状况", [_INCOMES[told.income].format(line=terms.line, ask=terms.ask)]),
        ("经过和请求", story or [_BY_HAND, _BY_HAND]),
        ("随申请交的材料", [f"□ {line['zh-Hans']}" for line in aid.papers_for(told)]),
        ("承诺", [
            "以上如实。申请人知道应当如实说明经济困难状况，同意法律援助机构核查（《中华人民共和国法律援助法》第四十一条）。",
        ]),
        ("签名", [f"此致 {application.body or '法律援助中心'}", f"申请人：{_BY_HAND}", f"日期：{_BY_HAND}"]),
    ]  # fmt: skip


def summary_of(told: Told, words: str) -> str:
    """What a centre reads before it opens the paper."""
    limit = f"最晚{told.limit.isoformat()}" if told.limit else ""
    lines = ("法律援助申请", told.matter.title["zh-Hans"], limit, words)
    return "\n".join(line for line in lines if line)
