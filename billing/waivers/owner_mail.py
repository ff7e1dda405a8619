"""What an owner is told about her application: that something happened, never why; the words are on her page."""

import datetime as dt

from sqlalchemy.orm import Session

from billing.waivers.models import Waiver
from tenants import messages

_TOLD: dict[str, tuple[str, str]] = {
    "asked": ("减免申请：还差一点", "有人看了您的申请，还想问您一点。打开体检页面就能回答，等您期间不算时间。"),
    "granted": ("减免申请：批准了", "您的减免申请批准了。打开体检页面可以看到证明，出示给公证、调解等机构就行。"),
    "refused": ("减免申请：没有批准", "这次没有批准，理由写在您的页面上。您可以申诉，由另一位工作人员来决定。"),
    "decided": (
        "减免申诉：维持原来的决定",
        "另一位工作人员看过了，维持原来的决定。理由写在您的页面上。",
    ),
    "reset": ("缓缴：又往后推了", "您的缓缴往后推了。打开体检页面看新的日子。"),
    "kept": ("缓缴：日子没有变", "这次没有再往后推，理由写在您的页面上。"),
    "check": ("减免：抽查", "您当时签的是承诺，这次抽到要看一下材料。打开体检页面拍照上传就行。"),
    "revoked": ("减免：撤销了", "您的减免证明撤销了，理由写在您的页面上。您可以申诉。"),
}


def tell_owner(session: Session, row: Waiver, what: str, *, now: dt.datetime) -> None:
    """One message on the owner's page, in the transaction of the decision."""
    subject, body = _TOLD[what]
    messages.tell_owner(
        session,
        row,
        subject=f"{subject}（{row.number}）",
        body=body,
        now=now,
    )
