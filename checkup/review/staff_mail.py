"""What the desk tells the people of the firm: case number and process, never a name or a fact."""

import datetime as dt

from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.review.colleagues import Colleague
from tenants import messages
from tenants.clock import CITY

_BODIES = {
    "offered": "您的空档和专长合适。请登录法脉，先看名字、确认没有冲突，再领取；不方便就点“这次不接”，不用解释。",
    "warned": "这份体检三个工作日没有动静。两个工作日里写一笔或问一句就行；来不及可以退回，不记谁的过。",
    "reassigned": "这份体检已回到待领取，由别的同事接着办。您处理过的都留着，谢谢您。",
    "green": "有急事，请在{until}前登录法脉领取。到时没有人领，就叫下一位。",
    "new_names": "店主新告诉了名字，和本所名单对上了。合伙人决定之前，这份体检的内容先关闭。",
    "late": "急事已经领取，但还没有和店主联系。请今天联系。",
    "written": "店主回了话。内容不写在邮件里，请打开看：{link}。您看过以前，不会再发第二封。",
    "stuck": "所里没有律师能接这份体检：都回避了，或者没有律师。请添一位律师；店主的页面上说了可以换一家律所。",
}
_SUBJECTS = {
    "offered": "有一份体检请您看",
    "warned": "三个工作日没有动静",
    "reassigned": "已转给同事",
    "green": "【急】绿色通道",
    "new_names": "新的名字要看利益冲突",
    "late": "【急】请和店主联系",
    "written": "店主回了话",
    "stuck": "没有人能接",
}


def tell(
    session: Session,
    row: Checkup,
    to: Colleague | None,
    what: str,
    *,
    now: dt.datetime,
    until: dt.datetime | None = None,
    link: str = "",
) -> None:
    """An e-mail to one colleague; somebody who has left is not written to."""
    if to is None or not to.email:
        return
    shown = until.astimezone(CITY).strftime("%m-%d %H:%M") if until else ""
    messages.queue_message(
        session,
        firm_id=row.firm_id,
        owner_id=None,
        to=to.email,
        channel="email",
        subject=f"{row.case_number}：{_SUBJECTS[what]}",
        body=_BODIES[what].format(until=shown, link=link),
        now=now,
    )
