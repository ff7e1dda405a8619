"""Each named failure has one status code and one page that says what to do."""

import errno
from collections.abc import Sequence
from urllib.parse import urlsplit

import psycopg
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.http import HTTP_STATUS_CODES

from checkup.packs.answers import InvalidAnswer
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.login.sessions import Staff
from webapp.edge.i18n import translate as _
from webapp.edge.people_here import ask_for_nobody, comes_as, current_staff
from webapp.edge.uploads import keep_sent
from webapp.operating.modes import WAIT, Resting

FAULTS = {
    "required": "请填写这一项。",
    "too_long": "太长了，最多{most}个字。",
    "control_characters": "有看不见的特殊字符，请重新输入。",
    "wrong_check_digit": "代码不对，请照执照再核对一遍18位；也可以先空着。",
    "id_card": "这里像是身份证号。我们不收身份证号，请删掉。",
    "not_registered": "登记机关说没有这个号码。请照执照再对一遍；刚登记的，可能还没录进去，请自己填。",
    "old_registration_number": "这是15位的旧注册号。请填执照上18位的统一社会信用代码；没有就先空着。",
    "other_form": "代码92开头是个体工商户，91开头是公司、个人独资或合伙企业，和您选的不一样。请再看一眼执照。",
    "which_unit": "{staff}个人、{amount}元，对吗？这里的单位是万元：30万就填30。没填错，请在下面勾一下。",
    "not_a_number": "请填数字。",
    "no_such_ticket": "没有这个工单，或者不归你们这里。请她照短信或回执再念一遍。",
    "not_a_case_number": "体检号不对，请照SH开头的号码再输一遍。",
    "say_it_first": "请先读给她听，她本人答应了再勾。",
    "not_a_whole_number": "请填整数。",
    "negative": "不能小于0。",
    "too_large": "数字太大了，最多{most}。",
    "too_small": "数字太小了，最少{least}。",
    "not_wished": "本所自己的收费现在不能报：要等报告签发后，由业主自己提出或从名单里选。",
    "unknown_option": "请从列出的选项里选一个。",
    "not_a_date": "请填日期，例如 2026-11-24。",
    "date_out_of_range": "日期要在{least}到{most}之间。",
    "empty": "请选一个；说不清就选“不清楚 / 不想说”。",
    "not_an_address": "请填以 https:// 开头的网址。",
    "not_an_email": "邮箱不对，请照着再输一遍（只用英文字母和数字）。",
    "weak_password": "密码太短或太简单，请至少用{least}个字符。",
    "not_a_licence": "许可证号不对，请照证上的数字和字母填。",
    "not_a_phone": "电话不对，请填数字，例如 021-12348。",
    "number_to_call": "请写下打哪个号码。",
    "foreign_mobile": "短信只能发到中国内地的手机号；请留邮箱，或者用续答码接着做。",
    "not_a_mobile": "手机号不对，请填11位数字。",
    "file_too_large": "文件太大了，每个最多{most}兆。",
    "file_empty": "这个文件是空的，可能没有传完。请再选一次。",
    "file_lost": "有个文件没有传完，或者放得太久了。请再选一次。",
    "file_broken": "这张照片打不开，可能没有存完整。请重新拍一张，或者截个屏再传。",
    "picture_too_large": "这张照片的像素太多了（最多{most}百万）。请在相册里缩小，或者截个屏再传。",
    "file_kind": "只收照片（JPG、PNG、HEIC）和PDF，这个文件不是。",
    "number_of_files": "请放1到{most}个文件。",
    "not_a_slug": "请用3到40个小写字母、数字或短横线，字母开头。",
    "not_a_colour": "请填颜色，例如 #17493d。",
    "pale_colour": "颜色太浅，白字看不清，请选深一点。",
    "days_out_of_range": "请填{least}到{most}之间的天数。",
    "not_between": "请填{least}到{most}之间的整数。",
    "not_counted_for": "这个数字不按律所算，请选一个区。",
    "not_a_period": "请填年（例如 2026）或季度（例如 2026-Q4）。",
    "not_begun": "这个时期还没有开始。",
    "not_a_code": "请用2到40个小写字母、数字或下划线，字母开头。",
    "not_a_formula": "公式看不懂：{part}。只用加减乘除、括号、数字和列出的代号。",
    "unknown_measure": "没有这个数字：{part}。",
    "in_the_past": "不能早于今天。",
    "not_within": "要在开始以后{most}天以内。",
    "before_the_beginning": "结束的日子不能早于开始。",
    "not_a_register": "这不是名册：请用UTF-8的CSV，三列 licence_number、status、as_of。",
    "bad_line": "第{line}行看不懂，请改好再传。",
    "not_money": "请填金额（元），例如 199.50。",
    "fraction_of_a_fen": "最小到分，例如 199.50。",
    "same_version": "请选另一版。",
    "nobody_in_it": "份额填0的话，请至少选一家。",
    "in_future": "不能晚于今天。",
    "not_in_future": "请填明天或以后的日子。",
    "not_within_a_year": "请填明天以后、一年以内的日子。",
    "past_midnight": "过了半夜的，请分两天记：到24:00为止，和第二天从00:00开始。",
    "not_times": "请填时间段，例如 09:10-09:33、14:00-14:20。",
    "day_out_of_range": "请填今天或过去{most}天里的一天。",
    "taken": "已经有人用了，请换一个。",
    "months_out_of_range": "请填{least}到{most}之间的月数。",
    "nothing_asked": "请至少勾一块，或者勾“要办的事”。",
    "own_phone": "这是您自己的手机号，请填他的。",
    "asked_already": "这个手机号已经请过了，在上面的名单里。要改，先收回再请。",
    "proof_needed": "请拍张照，或者写一句怎么办好的。",
    "more_than_paid": "最多能退{most}元。",
    "out_of_units": "请填1到10000之间的整数。",
    "needs_plan": "自己的标志和颜色要标准版或完整版套餐，请先换套餐。",
    "no_seat_left": "套餐里的{most}个位置都满了，请先换套餐。",
    "seats_out_of_range": "请填1到{most}之间的整数。",
    "out_of_range": "请填0到100之间的数字。",
    "too_many": "太多了，最多{most}个。",
    "sheets_out": "外面已经有很多张没交回来的了，最多{most}张。先把收回来的录好，或者少印几张。",
    "hour_taken": "这个时间刚被别人约走了，请再选一个。",
    "destroyed_by_excel": "Excel 把这一格改坏了，看不出原来是什么。请把这一列设成“文本”，照原件重填。",
    "not_a_table": "读不了这个文件，请存成 xlsx 或 CSV 再传。",
    "needs_partner": "名字和本所的客户或对方一样，要请合伙人决定，或者回避。",
    "no_partner": "所里还没有别的合伙人可以决定。请管理员先设一位合伙人，或者回避。",
    "law_ended": "《{title}》已于{since}失效，不能再引用。说当时的事，请写“原《{title}》”。",
    "law_replaced": "《{title}》已于{since}失效，现在是{successor}。说当时的事，请写“原《{title}》”。",
    "article_changed": "《{title}》第{article}条的条文已于{since}改了，请照新条文写。",
    "must_agree": "要您同意了才能提交。",
    "tried_too_often": "输错太多次，请15分钟后再试。",
    "wrong_code": "代码不对，请照调解员说的再填一遍。",
    "knows_a_party": "这位自己写过和其中一方有关系，不能调解这件，请另选一位。",
    "not_to_come": "请选还没到的时间。",
    "names_somebody": "看得出是谁：请去掉名字、电话、证件号和邮箱。",
    "overlaps": "这段日子和已经批准的 {version} 版重叠了，请改日期。",
}
# Why a step in a case is refused now, as its lawyer reads it.
CONFLICTS = {
    "stale": "这份体检刚被改过。下面是最新内容，您写的文字还在，请核对后再保存。",
    "not_yours": "这份体检由另一位律师在办。",
    "signed": "已经签发，不能再改。",
    "undecided": "还有发现没有处理，请逐条确认、修改或排除后再签发。",
    "open_questions": "还有问题等业主回答。不等了，请在“签发”下面打勾再签。",
    "no_letter": "业主还没有接受本所的服务说明书，不能签发。已经写好的都在，等业主点同意后再签。",
    "not_now": "现在的状态不能做这一步。",
    "faster": "有位律师快了一步，已经领走这一件。",
    "suspended": "律所已被暂停，不能领取和签发。您写的都还在。",
    "with_partner": "已经交给合伙人签字。要改，请先收回签名。",
    "no_partner": "这份报告要合伙人签字，所里现在没有别的合伙人能签。请管理员先请一位。",
    "own_signature": "自己签过的，要请另一位合伙人签。",
    "not_partner": "只有合伙人可以签这一步。",
    "check_first": "先看名字、确认没有利益冲突，再领取。",
    "names_changed": "店主刚改过名字，请照新的再看一遍。",
    "wall": "您已经回避或请合伙人决定，不能自己改回来。",
}
# Dead ends of the staff: what they can do instead, in the words of their day.
STAFF_PAGES = {
    400: "登录已经结束，或者页面放得太久了。写过的字还留在这台电脑上：重新登录，再打开这一页。",
    403: "您的职务没有这项权限。需要的话，请所里的管理员来做。",
    404: "没有找到。链接可能不完整，或者这一件不归您看。",
    405: "请从页面上的按钮进入。",
    409: "这一步现在做不了：同事刚改过。请从菜单回去看最新的，写过的字还在。",
    413: "内容太多了：请写短一点，文件少放几个，再提交。",
    422: "有的内容不对，请返回修改。",
    429: "操作太快了，请过一会儿再试。您刚填的都还在下面的按钮里。",
    503: "系统正在切换，马上就好。您刚填的都还在，请过几秒再点一次。",
    507: "现在存不下新的文件，这一次没有保存。写的字可以先不带文件提交，文件过一会儿再传。",
    500: "我们这边出了问题，已经记下。写过的字还留在这台电脑上，请稍后再试。",
}
NOT_THE_ADMINS = "这一步不归管理员，要由律师或合伙人来做。您可以看队列，把体检转给合适的人。"
NOT_THE_OFFICERS = "您的岗位没有这项权限，请找科室里负责的同志。"
BY_DATABASE = (500, 503)
DEFAULT_WAIT, SWITCH_WAIT = 60, 5  # seconds
AGAIN = (429, 503)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
API, PROBLEM = "/api/", "application/problem+json"
PAGES = {
    400: "页面放得太久了，刚才这一步没有存上。请返回上一页再试一次。",
    403: "您的职务没有这项权限。需要的话，请所里的管理员来做。",
    404: "没有找到这一页。链接可能不完整，或者不属于您。",
    405: "请从页面上的按钮进入。",
    409: "这一步现在做不了：可能别人刚改过。请返回刷新后再试。",
    413: "内容太多了：请写短一点，照片少放几张，再提交。",
    422: "有的内容不对，请返回修改。",
    429: "操作太快了，请过一会儿再试。您刚填的都还在下面的按钮里。",
    503: "系统正在切换，马上就好。您刚填的都还在，请过几秒再点一次。",
    507: "现在存不下新的照片，这一次没有保存。写的字可以先不带照片提交，照片过一会儿再传。",
    500: "我们这边出了问题，已经记下。您的回答都还在，请稍后再试。",
}
LOST = "这台手机不认得您了：记录清过，或者换了浏览器。刚才这一步没有存上；以前答的都还在，用下面一种办法找回来。"
RESTING = "系统正在维护，暂时不能提交。您刚填的都还在下面的按钮里，请过一会儿再点一次。"


def fault_text(fault: FieldFault) -> str:
    """One fault in the reader's language, of a file behind its name."""
    said = _(FAULTS[fault.code], **fault.params)
    return f"{fault.params['file']}{_('：')}{said}" if "file" in fault.params else said


def answer_fault_text(error: InvalidAnswer) -> str:
    return _(FAULTS[error.code], **error.params)


def page(status: int, words: str = "", *, code: str = "") -> tuple[str | Response, int]:
    """What a person reads, in other `words` where they are given; staff in their own and with their menu; a machine at
    the interface gets a problem. `code`: of a Conflict, which says more where a lawyer reads it."""
    if request.path.startswith(API):
        return problem(status, code), status
    known = status if status in PAGES else 500
    if known in BY_DATABASE:
        ask_for_nobody()
    again = status in AGAIN and request.method == "POST"
    if not _is_staffs():
        return render_template(
            "shared/error.html", message=_(words or PAGES[known]), status=status, again=again
        ), status
    me = current_staff()
    message = words or (_refused(me) if known == 403 else CONFLICTS.get(code)) or STAFF_PAGES[known]
    return render_template(
        "shared/staff_error.html",
        message=_(message),
        status=status,
        again=again,
        is_lost=request.method == "POST",
        me=me,
        back=_back(),
    ), status


def problem(status: int, code: str = "", *, faults: Sequence[FieldFault] = ()) -> Response:
    """What a machine reads (RFC 9457): the status in words and, where there is more to say, a stable `code`, or what is
    wrong field by field."""
    told: dict[str, object] = {"title": HTTP_STATUS_CODES.get(status, "Error"), "status": status}
    if code:
        told["code"] = code
    if faults:
        told["faults"] = [{"field": fault.field, "code": fault.code} for fault in faults]
    answer = jsonify(told)
    answer.status_code, answer.mimetype = status, PROBLEM
    return answer


def _back() -> str:
    """The page whose form was sent, to come back to after the log-in."""
    return urlsplit(request.referrer or "").path if request.method == "POST" else request.path


def _is_staffs() -> bool:
    """Whether a member of staff reads this: she is logged in, or asked for a page of the staff."""
    view = current_app.view_functions.get(request.endpoint or "")
    asked: Audience | None = getattr(view, "audience", None)
    return comes_as("staff") or (asked is not None and asked.is_staff)


def _refused(me: Staff | None) -> str:
    if me is not None and me.bureau_id is not None:
        return NOT_THE_OFFICERS
    if me is not None and "run_firm" in me.permissions:
        return NOT_THE_ADMINS
    return ""


def _too_fast(error: TooManyRequests) -> Response:
    response = make_response(page(429))
    response.headers["Retry-After"] = str(error.retry_after or DEFAULT_WAIT)
    return response


def _stale(_error: CSRFError) -> tuple[str | Response, int]:
    """The page no longer belongs to a session: too old, or the phone has lost its cookie and with it its owner."""
    is_owners = getattr(current_app.view_functions.get(request.endpoint or ""), "audience", None) is Audience.OWNER
    return page(400, LOST if is_owners and not comes_as("owner") else "")


def _switching(error: Exception) -> Response:
    """The database is away for a moment: a failover, a restart."""
    current_app.logger.warning("no database: %s", type(error).__name__)
    response = make_response(page(503))
    response.headers["Retry-After"] = str(SWITCH_WAIT)
    return response


def _unless_taken(error: IntegrityError) -> tuple[str | Response, int]:
    """Of two who began the same at once the slower one is told so; what else breaks a rule of a table is our fault."""
    if not isinstance(error.orig, UniqueViolation):
        raise error
    current_app.logger.warning("two at once: %s", error.orig.diag.constraint_name)
    return page(409)


def _unless_full(error: OSError) -> tuple[str | Response, int]:
    """There is no room for a file; what else fails with the system stays a fault of ours."""
    if error.errno not in NO_ROOM:
        raise error
    current_app.logger.error("no room for files: %s", error.strerror)
    return page(507)


def _resting(error: Exception) -> Response:
    """The operator has the city rest; nothing is wrong, so nothing is logged."""
    response = make_response(page(503, RESTING))
    response.headers["Retry-After"] = str(WAIT)
    return response


def init_app(app: Flask) -> None:
    app.jinja_env.filters["fault_text"] = fault_text
    app.jinja_env.filters["kept"] = keep_sent
    app.register_error_handler(NotFound, lambda error: page(404))
    app.register_error_handler(Conflict, lambda error: page(409, code=error.code))
    app.register_error_handler(Invalid, lambda error: page(422))
    app.register_error_handler(InvalidAnswer, lambda error: page(422))
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(TooManyRequests, _too_fast)
    app.register_error_handler(Resting, _resting)
    for lost in (OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError):
        app.register_error_handler(lost, _switching)
    app.register_error_handler(IntegrityError, _unless_taken)
    app.register_error_handler(OSError, _unless_full)
    app.register_error_handler(HTTPException, lambda error: page(error.code or 500))
    app.register_error_handler(500, lambda error: page(500))
