"""The bar on top of every page of the staff: what is done each day stands open, the rest is folded."""

from dataclasses import dataclass

from flask import Flask, request

from tenants.login.sessions import Staff
from webapp.edge.i18n import translate as _
from webapp.wording.waiting_work import IN_BAR, waits_here

Asked = tuple[bool, str, str]  # whether this one may, endpoint, words


@dataclass(frozen=True)
class Link:
    """`current`: the value of aria-current, empty elsewhere. `waiting`: how many pieces of work wait there."""

    endpoint: str
    words: str
    current: str
    waiting: int = 0


@dataclass(frozen=True)
class Bar:
    """`folds`: title and links, without the empty ones."""

    daily: list[Link]
    folds: list[tuple[str, list[Link]]]


def bar_of(me: Staff, counts: bool = True) -> Bar:
    """What this member of staff may open, with the page asked for marked and, with `counts`, what waits there."""
    may = me.permissions
    waiting: dict[str, int] = {}
    if me.bureau_id:
        daily, folds = _bureau_daily(), [(_("更多"), _bureau_more(may))]
        for one in waits_here() if counts else ():
            waiting[IN_BAR[one.kind]] = waiting.get(IN_BAR[one.kind], 0) + one.count
    elif me.provider_id:
        daily, folds = _provider(), []
    elif me.station_id:
        daily, folds = _helper(), []
    elif me.partner_id:
        daily, folds = _partner(), []
    else:
        daily = [*_operator(may), *_lawyer_daily(may)]
        folds = [(_("本所"), _firm(may)), (_("更多"), _lawyer_more(may))]
    known = {endpoint for links in (daily, *(links for _title, links in folds)) for _may, endpoint, _words in links}
    shown = [(title, _marked(links, known, waiting)) for title, links in folds]
    return Bar(_marked(daily, known, waiting), [(title, links) for title, links in shown if links])


def _marked(links: list[Asked], known: set[str], waiting: dict[str, int]) -> list[Link]:
    return [
        Link(endpoint, words, _current(endpoint, known), waiting.get(endpoint, 0))
        for is_allowed, endpoint, words in links
        if is_allowed
    ]


def _current(endpoint: str, known: set[str]) -> str:
    """`page` on the page itself, `true` on a page below it."""
    if request.endpoint == endpoint:
        return "page"
    is_below = request.endpoint not in known and request.blueprint == endpoint.split(".")[0]
    return "true" if is_below else ""


def _bureau_daily() -> list[Asked]:
    return [
        (True, "bureau_home.show", _("首页")),
        (True, "bureau.firms", _("律所")),
        (True, "bureau_hours.show", _("工时")),
        (True, "waivers.queue", _("减免")),
        (True, "complaint_desk.show", _("投诉")),
        (True, "reports.index", _("报告")),
    ]


def _bureau_more(may: frozenset[str]) -> list[Asked]:
    return [
        (True, "trends.show", _("走势")),
        (True, "parameters.show", _("参数")),
        (True, "standards.index", _("标准")),
        (True, "bodies.index", _("服务机构")),
        (True, "stations.index", _("服务站")),
        (True, "campaigns.index", _("专项")),
        (True, "bureau_gatherings.index", _("讲座")),
        (True, "parks.index", _("合作单位")),
        (True, "purchases.index", _("购买")),
        (True, "tickets.bureau_index", _("工单")),
        (True, "previews.bureau_index", _("会公开什么")),
        (True, "emergency_mode.show", _("应急")),
        ("run_bureau" in may, "posts.officers", _("人员")),
    ]


def _provider() -> list[Asked]:
    return [
        (True, "referrals.index", _("转来的事")),
        (True, "body_questions.show", _("问律师")),
        (True, "provider_page.numbers", _("我们的数")),
        (True, "provider_page.show", _("我们的页面")),
        (True, "provider_page.people", _("人员")),
    ]


def _helper() -> list[Asked]:
    return [
        (True, "helper.home", _("我在帮的人")),
        (True, "helper_begin.show", _("帮人做体检")),
        (True, "helper_queue.show", _("叫号")),
        (True, "helper_papers.show", _("纸面体检")),
        (True, "hotline.show", _("来电")),
        (True, "helper_kiosks.show", _("自助机")),
    ]


def _partner() -> list[Asked]:
    return [
        (True, "partner_campaigns.index", _("专项")),
        (True, "partner_gatherings.index", _("讲座")),
        (True, "partner_page.show", _("我们的资料")),
        (True, "partner_page.people", _("人员")),
    ]


def _operator(may: frozenset[str]) -> list[Asked]:
    is_operator = "operate" in may
    return [
        (is_operator, "board.show", _("运行情况")),
        (is_operator, "tenants.show", _("律所和司法局")),
        (is_operator, "incident.show", _("事件")),
        (is_operator, "data_requests.index", _("个人信息请求")),
        (is_operator, "packs.show", _("体检包")),
        (is_operator, "operator.releases", _("统计发布")),
        (is_operator, "parties.index", _("对接方")),
        (is_operator, "posts.operators", _("人员")),
    ]


def _lawyer_daily(may: frozenset[str]) -> list[Asked]:
    return [
        ("queue" in may, "lawyer.queue", _("待复核")),
        ("review" in may, "calls_to_make.index", _("回电")),
        ("review" in may, "mending.index", _("整改")),
        ("recommend" in may, "relief_advice.queue", _("减免")),
        ("decide_conflict" in may, "conflict.asked", _("利益冲突")),
        ("review" in may, "hours.show", _("我的工时")),
    ]


def _firm(may: frozenset[str]) -> list[Asked]:
    runs_firm = "run_firm" in may
    return [
        (runs_firm, "firm.people", _("人员")),
        (runs_firm, "firm_desk.show_roster", _("值班")),
        (runs_firm, "firm_desk.parties", _("名单")),
        (runs_firm, "firm_hours.show", _("本所工时")),
        (runs_firm, "firm_campaigns.index", _("专项")),
        (runs_firm, "firm_gatherings.index", _("讲座")),
        (runs_firm, "money.show", _("账")),
        (runs_firm, "plan.show", _("套餐")),
        (runs_firm, "face.show", _("门面")),
        (runs_firm, "previews.firm_index", _("会公开什么")),
        (runs_firm, "firm.log", _("日志")),
    ]


def _lawyer_more(may: frozenset[str]) -> list[Asked]:
    return [
        ("library" in may, "library.show", _("文本库")),
        ("review" in may, "tickets.firm_index", _("工单")),
        ("review" in may, "questions.show", _("机构的提问")),
        ("review" in may, "emergency.show", _("紧急查看")),
    ]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["bar_of"] = bar_of
