"""What helpers send for the owners beside them or on the line, and what an owner sends to take over her record, to
ask a delegate, or at a kiosk."""

import datetime as dt
from collections.abc import Sequence

from checkup.assisting.assist_rules import FINDINGS, IN_PERSON, LIGHT, PHONE
from checkup.delegates import delegation_rules
from checkup.delegates.delegation_rules import Asked
from tenants.sizes import TRADES
from tenants.stations.kiosks import MOST_NAME
from tenants.typed.codes import DIGITS, minted
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Code, Day, Hidden, Mobile, Once, Text
from webapp.forms.staff import worded
from webapp.wording.call_words import CALL_TOPICS, DELEGATE_KINDS

SHOWS = ((LIGHT, _("只看红绿灯")), (FINDINGS, _("也看查出什么，好念给她听")))


class ConsentForm(Form):
    """What was read to her, and what she said."""

    channel = Choice(
        _("她在哪里"), options=((IN_PERSON, _("在面前")), (PHONE, _("在电话里"))), radio=True, required=True
    )
    shows = Choice(_("结果给您看多少（问她）"), options=SHOWS, radio=True, required=True, default=LIGHT)
    agreed = Tick(_("一字一句读过了，她本人说“同意”"), required=True)


class HelpedStartForm(ConsentForm):
    """The same, with her first answer: what she does for a living."""

    once = Once()
    trade = Choice(
        _("问她：主要做什么生意？"),
        options=[(id_, lazy_pick(dict(trade.name))) for id_, trade in TRADES.items()],
        empty=_("请选择"),
        required=True,
    )

    def told(self) -> str:
        """What was told by one showing of this form: told differently, it is another business."""
        return f"{self.once.data} {self.trade.data}"


class SendForm(Form):
    """Her mobile, to which a link and a code go; `way`: to take over, or to answer some herself."""

    way = Hidden()
    phone = Mobile(_("她的手机号"), hint=_("只用来发这条短信和核对本人，不存号码。"), required=True)


class ClaimForm(Form):
    """The number of a case and the code of a slip or a text message."""

    number = Text(_("体检号"), most=60, required=True)
    code = Code(_("认领码（8位）"), required=True)


class _CallerForm(Form):
    """Who is on the line, as she says herself: one who is not the owner, or no adult, gets nothing."""

    answered = Choice(
        _("问：“您是这家店的老板本人，满18岁了吗？”"),
        options=(("yes", _("是")), ("no", _("不是、说不清"))),
        radio=True,
        required=True,
    )

    @property
    def is_owner(self) -> bool:
        return bool(self.answered.data == "yes")


class CallerCodeForm(_CallerForm):
    """The number of a case and its code, as the caller reads them out."""

    number = Text(_("体检号"), most=60, required=True)
    code = Code(_("她念的码（续答码或认领码，8位）"), required=True)


class CallerPhoneForm(_CallerForm):
    """The caller's mobile, to which a code goes with her consent."""

    phone = Mobile(_("她登录用的手机号"), required=True)
    agreed = Tick(_("她同意我查她的体检"), required=True)


class SentCodeForm(Form):
    """The six digits that the caller reads from her phone; the page carries whose."""

    phone = Mobile(_("她登录用的手机号"), required=True)
    code = Code(_("她念的6位数"), alphabet=DIGITS, required=True)


class CallerTicketForm(Form):
    """The number of a ticket, as the caller reads it out, and her yes once it was read to her what it is."""

    number = Text(
        _("工单编号"), hint=_("T开头，短信或回执上有。只按编号找，不按人名、电话找。"), most=60, required=True
    )
    agreed = Tick(_("读给她听了，她说：“放进来。”"))

    @property
    def minted(self) -> str:
        return minted(self.number.data, "T") or self.number.data.strip()


class CallNoteForm(Form):
    """What a call was about, as one of a list: never what was said."""

    topic = Choice(_("这通电话是为什么"), options=worded(CALL_TOPICS), required=True, radio=True)


class KioskForm(Form):
    """Where a kiosk stands, so that those at the station know which one it is."""

    name = Text(_("放在哪里"), hint=_("例如：大厅门口左边。"), most=MOST_NAME, required=True)


class PairForm(Form):
    """The venue code, typed once on the device."""

    code = Code(_("开机码（8位）"), required=True)


class KioskLocaleForm(Form):
    """The language in which a visitor begins, by the button she pressed."""

    locale = Hidden()


class KioskStartForm(Form):
    """A visitor's first answer: what she does for a living."""

    trade = Choice(
        _("主要做什么生意"),
        options=[(id_, lazy_pick(dict(trade.name))) for id_, trade in TRADES.items()],
        radio=True,
        required=True,
    )


class DelegateForm(Form):
    """Whom an owner asks, for which areas or things to do, until when."""

    name = Text(_("怎么称呼他"), hint=_("例如：刘会计"), most=delegation_rules.MOST_NAME, required=True)
    kind = Choice(_("他是您的什么人"), options=worded(DELEGATE_KINDS), radio=True, required=True)
    phone = Mobile(_("他的手机号"), hint=_("发一条短信给他，只有这个号码打得开。不存号码。"), required=True)
    areas = Choices(_("请他填哪几块（这几块里已经填的，他看得到）"))
    sees_fixes = Tick(_("请他看要办的事，办好了拍照、打勾"))
    reads_messages = Tick(_("也让他看我和律师的消息（只能看，不能写）"))
    until = Day(_("帮到哪天"), hint=_("到这天晚上自动收回，最长一年；随时可以一点就收回。"), required=True)

    def offer(self, areas: Sequence[tuple[str, str]]) -> None:
        """The areas that may be asked for now."""
        self.areas.options = list(areas)

    def asked(self) -> Asked:
        until: dt.date = self.until.data
        named = self.name.data, self.kind.data, tuple(self.areas.data or ())
        return Asked(*named, self.sees_fixes.data, self.reads_messages.data, until)


class DelegateDutyForm(Form):
    """Her yes to secrecy."""

    agreed = Tick(_("我看过了，答应保密"), required=True)
