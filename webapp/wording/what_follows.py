"""What pressing a button will do, said above it: acts that cannot be taken back, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence

from flask import Flask

from webapp.edge.i18n import translate as _

HOURS = {
    "verify": "核实：这{time}算已核实，进证书和评优；以后只有律师自己更正。",
    "reject": "不认定：这{time}不算；律师看得到理由，可以说明一次，再由司法局决定。",
    "uphold": "维持不认定：这{time}不算，就此结束，律师不能再说明。",
    "confirm": "确认：这{time}算进公益工时，不能收回；以后可能被抽中评查。",
    "question": "问一下：先不算，律师说明以后再确认；理由律师看得到。",
}
TICKETS = {
    "route": "转给这家：这家律所马上看得到；它接下以前，还可以改转别家。",
    "take": "接下：您看得到是谁、为什么事；司法局不能再改转，办不了可以退回。",
    "return": "退回司法局：本所不再看得到，由司法局另转一家；理由留在这里。",
    "answer": "办结：就此结束，不能再打开。",
    "decline": "办不了：就此结束，不能再转别家，也不能再打开；理由留在这里。",
    "extend": "延长：只能一次，最晚改到{hard_on}，不能改回来。",
}
WAIVERS = {
    "grant": "批准：发证明，业主收到消息；她接受了还没付的费用马上按它算，上限占用今年的预算。以后可以撤销。",
    "refuse": "不批准：业主收到消息，看得到理由；{appeal_days}天内可以申诉，由另一位同事决定。",
    "ask": "先问业主：她收到消息；等她回答的时候，时限停着。",
    "allow": "申诉成立：发新的证明，业主收到消息；她接受了还没付的费用马上按它算，上限占用今年的预算。",
    "uphold": "维持不批：业主收到消息；这份申请就此结束，不能再申诉，她可以重新申请。",
    "reset": "同意再缓：她的付款日往后推，证明换成新的，业主收到消息；不能收回。",
    "keep": "不再缓：付款日不变，业主收到消息；她还可以再申请。",
    "check": "抽查：业主收到消息；她写的和交的材料对司法局重新打开，看完请关上。",
    "passed": "属实：材料关上，减免不变。",
    "revoke": (
        "撤销：证明马上作废，业主收到消息，{appeal_days}天内可以申诉。"
        "原因是不真实的，已经减缓的{used}要补付；别的原因不补。"
    ),
}


def _told(words: Mapping[str, str]) -> Callable[..., list[str]]:
    """The sentences of these steps, in their order."""

    def tell(steps: Sequence[str], **values: object) -> list[str]:
        return [_(words[step], **values) for step in steps]

    return tell


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        hours_follow=_told(HOURS), ticket_follows=_told(TICKETS), waiver_follows=_told(WAIVERS)
    )
