"""The pages of the server that plays Stripe. Each says first that no money moves here."""

from collections.abc import Awaitable, Callable
from html import escape

from aiohttp import web
from localstripe import resources
from localstripe.errors import UserError

from demo import stripe_objects as objects

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_OPEN = ("/pay/", "/checkout/", "/portal/", "/receiver")
_METHODS = (("alipay", "支付宝", "Alipay"), ("wechat_pay", "微信支付", "WeChat Pay"), ("card", "银行卡", "Card"))
_STYLE = """body{font:18px/1.6 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1rem;color:#1d2b27}
.demo{background:#fdf3dc;border-left:.4rem solid #b37700;padding:.7rem 1rem}strong{font-size:1.6rem}
button,a.b{display:block;width:100%;box-sizing:border-box;text-align:center;font:inherit;font-weight:700;padding:.8rem;
margin:.7rem 0;border:2px solid #17493d;border-radius:.7rem;background:#17493d;color:#fff;text-decoration:none}
button.q{background:#fff;color:#17493d}"""


def open_pages(guard: Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]) -> object:
    """Pages need no key; everything else passes localstripe's own guard."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await (handler(request) if request.path.startswith(_OPEN) else guard(request, handler))

    return guarded


def _page(title: str, *parts: str, status: int = 200) -> web.Response:
    demo = "演示：这一页代替 Stripe 的页面，不会动真钱。<br>Demo: this page stands in for Stripe; no money moves."
    body = "".join(parts)
    text = (
        f"<!doctype html><html lang='zh-Hans'><head><meta charset='utf-8'><meta name='viewport' "
        f"content='width=device-width, initial-scale=1'><title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><p class='demo'>{demo}</p><h1>{title}</h1>{body}</main></body></html>"
    )
    return web.Response(text=text, content_type="text/html", status=status)


def _button(value: str, text: str, kind: str = "") -> str:
    return f"<button name='do' value='{value}' class='{kind}'>{text}</button>"


def _form(*buttons: str) -> str:
    return f"<form method='post'>{''.join(buttons)}</form>"


def _invoice(request: web.Request) -> resources.Invoice:
    return resources.Invoice._api_retrieve(request.match_info["id"])


async def _show_invoice(request: web.Request) -> web.Response:
    invoice = _invoice(request)
    amount = f"<p>{escape(invoice.description or '')}</p><p><strong>¥{invoice.total / 100:,.2f}</strong></p>"
    if invoice.status == "paid":
        return _page("已付款 Paid", amount, "<p>可以回到法脉了。 You can go back to Famai.</p>")
    if invoice.status != "open":
        return _page("不用付了 Nothing to pay", amount, "<p>这张账单已经作废。 This invoice was taken back.</p>")
    ways = [_button(value, f"{zh} {en}") for value, zh, en in _METHODS]
    return _page("付款 Pay", amount, _form(*ways, _button("decline", "试一次付款失败 Try a declined card", "q")))


async def _pay(request: web.Request) -> web.Response:
    form = await request.post()
    try:
        _invoice(request)._pay(objects.DECLINED if form.get("do") == "decline" else objects.CARD)
    except UserError as refused:
        again = "<p><a class='b' href=''>再试 Try again</a></p>"
        return _page(
            "没有付成 Not paid", f"<p>{escape(str(refused.body['error'].get('message', '')))}</p>", again, status=402
        )
    raise web.HTTPSeeOther(request.path)


async def _show_checkout(request: web.Request) -> web.Response:
    session = objects.CheckoutSession._api_retrieve(request.match_info["id"])
    line = session.wanted["line_items"][0]
    month = int(line["quantity"]) * int(line["price_data"]["unit_amount"]) / 100
    what = f"<p>{escape(line['price_data']['product_data']['name'])} × {line['quantity']}</p>"
    buttons = _form(_button("subscribe", "订阅 Subscribe"), _button("leave", "不订了 Leave", "q"))
    return _page("Stripe Checkout", what, f"<p><strong>¥{month:,.2f}</strong> / 月 month</p>", buttons)


async def _subscribe(request: web.Request) -> web.Response:
    session = objects.CheckoutSession._api_retrieve(request.match_info["id"])
    if (await request.post()).get("do") == "subscribe":
        objects.subscribe(session)
    raise web.HTTPSeeOther(session.wanted["success_url"])


async def _show_portal(request: web.Request) -> web.Response:
    session = objects.PortalSession._api_retrieve(request.match_info["id"])
    back = f"<a class='b' href='{escape(session.wanted['return_url'])}'>返回 Back</a>"
    return _page("Stripe Portal", _form(_button("cancel", "取消订阅 Cancel the subscription", "q")), back)


async def _cancel(request: web.Request) -> web.Response:
    session = objects.PortalSession._api_retrieve(request.match_info["id"])
    for one in resources.Subscription._api_list_all("", customer=session.customer, limit=100)._list:
        resources.Subscription._api_delete(one.id)
    raise web.HTTPSeeOther(session.wanted["return_url"])


async def _receive(request: web.Request) -> web.Response:
    """Stands in for the connected parties of the demo city: what it is sent has arrived."""
    await request.read()
    return web.Response(status=204)


def routes() -> list[web.RouteDef]:
    return [
        web.get("/pay/{id}", _show_invoice),
        web.post("/pay/{id}", _pay),
        web.get("/checkout/{id}", _show_checkout),
        web.post("/checkout/{id}", _subscribe),
        web.get("/portal/{id}", _show_portal),
        web.post("/portal/{id}", _cancel),
        web.post("/receiver", _receive),
    ]
