"""Codes of the platform's own desk, as operators read them."""

REQUESTS = {
    "copy": "要一份副本", "correct": "改正", "erase": "删除", "restrict": "停止使用", "explain": "要求解释",
    "other": "别的",
}  # fmt: skip
CAME = {"letter": "来信", "counter": "当面", "phone": "电话", "mail": "邮件", "bureau": "司法局转来"}
REQUEST_STATES = {"open": "等回复", "answered": "已答复", "refused": "已拒绝", "passed": "已转交"}
SETTLING = {"answer": "答复了", "refuse": "拒绝，写明理由", "pass": "转给律所或司法局"}
RELEASES = {"proposed": "等同意", "released": "已发布", "stopped": "已退回", "dropped": "没有发布"}
RELEASE_REFUSALS = {
    "two_people": "提出的人不能自己同意，请另一位同事来。", "not_measured": "影响还没算好，请稍后再来。",
    "not_now": "现在的状态不能做这一步。",
}  # fmt: skip
FILTERS = {
    "release_state": RELEASES,
    "request_kind": REQUESTS,
    "came_by": CAME,
    "request_state": REQUEST_STATES,
}
