"""Plays the business register on loopback, as a process of its own (`docs/register.md`). No business here is real.

FAMAI_REGISTER_TOKEN=… python -m demo.register_server --port 9001
"""

import argparse
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_MOST_BYTES = 4096
BUSINESSES = {
    one["credit_code"]: one
    for one in (
        {
            "credit_code": "92310113R8A676TY7C",
            "name": "上海市宝山区老巷春和面馆",
            "kind": "个体工商户",
            "address": "上海市宝山区友谊路1288号102室",
            "registered_on": "2019-03-18",
            "operator": "王小明",
            "checks": [
                {
                    "by": "宝山区市场监管局",
                    "on": "2026-10-12",
                    "answers": {"lic.permits": "all", "pre.papers": "seen"},
                },
            ],
        },
        {
            "credit_code": "9131011539FYHK7489",
            "name": "上海百味佳禾餐饮管理有限公司",
            "kind": "有限责任公司（自然人独资）",
            "address": "上海市浦东新区张江路515号3幢208室",
            "registered_on": "2021-07-05",
            "legal_representative": "李小红",
        },
        {
            "credit_code": "91310104HLMG0U808R",
            "name": "上海东篱企业管理事务所",
            "kind": "个人独资企业",
            "address": "上海市徐汇区漕宝路77号1202室",
            "registered_on": "2016-11-30",
        },
    )
}


class Register(BaseHTTPRequestHandler):
    """Answers one code at a time."""

    token = ""

    def do_POST(self) -> None:
        told = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(told.encode(), self.token.encode()):
            self._say(401, {})
            return
        try:
            size = int(self.headers.get("Content-Length") or 0)
            code = json.loads(self.rfile.read(min(size, _MOST_BYTES)))["credit_code"]
        except (ValueError, KeyError, TypeError):
            self._say(400, {})
            return
        self._say(200, {"business": BUSINESSES.get(str(code))})

    def _say(self, status: int, told: dict[str, object]) -> None:
        content = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Quiet: a code is in no log."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    Register.token = os.environ["FAMAI_REGISTER_TOKEN"]
    with ThreadingHTTPServer(("127.0.0.1", given.port), Register) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
