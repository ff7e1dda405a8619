"""A production built by the commands of `docs/operators.md` and nothing else: PostgreSQL, PgBouncer, nginx with TLS,
SMTP; a firm joins by mail, an owner checks up, a lawyer signs, all is backed up, lost and restored."""

import email
import io
import json
import os
import re
import shlex
import subprocess
import sys
from email import policy
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import psycopg
import pyotp
import pytest
from aiosmtpd.controller import Controller
from PIL import Image

from bureau.oversight.standards import STANDARDS
from checkup.report.signature import make_certificate
from tenants import clock
from tests import machines
from tests.machines import wait_for
from tests.operators_page import commands_below
from tests.owners import DETAILS, first_choices
from tests.places import ROOT
from tests.ports import free_port
from tests.remote import Visitor

pytestmark = machines.needs("postgresql", "pgbouncer", "nginx", "openssl")
PASSWORD, PHONE = "tall-trees-in-rain-1", "13800138000"
SCRIPT = commands_below("A city, from nothing")


class Post:
    """An SMTP server that keeps what it takes."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def link_for(self, address, path):
        """The newest link of this kind that arrived at the address."""
        bodies = [m.get_content() for m in self.mails if address in m["To"]]
        found = [link for body in bodies for link in re.findall(rf"{path}[\w./-]+", body)]
        return found[-1] if found else None


@pytest.fixture(scope="module")
def parts():
    """What stands on the machines before the first command: a database server, a proxy's certificate, gateways."""
    with machines.folder() as place:
        machines.init_postgres(place)
        ports = SimpleNamespace(db=free_port(), pooler=free_port(), web=free_port(), tls=free_port())
        post, gateway = Post(), machines.Gateway()
        mail = Controller(post, hostname="127.0.0.1", port=free_port())
        mail.start()
        signing = place / "signing.pem"
        make_certificate(signing, holder="City", now=clock.now())
        with machines.postgres(place / "db", ports.db):
            yield SimpleNamespace(
                place=place,
                ports=ports,
                post=post,
                gateway=gateway,
                certificate=machines.certificate(place),
                site=f"https://127.0.0.1:{ports.tls}",
                more=f"FAMAI_SMTP_URL=smtp://127.0.0.1:{mail.port}\nFAMAI_MAIL_FROM=famai@city.example\n"
                f"FAMAI_SMS_URL={gateway.url}\nFAMAI_SMS_TOKEN=t\nFAMAI_SIGNING_CERTIFICATE={signing}\n",
            )
        mail.stop()
        gateway.shutdown()


@pytest.fixture(scope="module")
def city(parts):
    """Run a line of the page; names of the page's machines become those of this one."""
    instead = {
        "postgresql://postgres@db/postgres": machines.superuser(parts.ports.db),
        "https://city.example": parts.site,
        "pooler:6432": f"127.0.0.1:{parts.ports.pooler}",
        "/etc/famai": str(parts.place / "etc"),
        "/var/backups/famai": str(parts.place / "backups"),
    }
    (parts.place / "etc").mkdir()
    (parts.place / "etc").chmod(0o755)
    ran = []

    def command(line):
        assert line in SCRIPT, f"the page does not say: {line}"
        ran.append(line)
        for was, now in instead.items():
            line = line.replace(was, now)
        words = shlex.split(line)
        assert words[0] == "famai"
        env = {name: value for name, value in os.environ.items() if not name.startswith(("FAMAI_", "DATABASE_URL"))}
        file = parts.place / "etc/famai.env"
        if file.exists():
            pairs = [one.split("=", 1) for one in shlex.split(file.read_text(encoding="ascii"))]
            env |= dict(pairs)
        env["FAMAI_DATA_DIR"] = str(parts.place / "data")
        return {"args": [sys.executable, "-m", "webapp.cli", *words[1:]], "env": env, "cwd": ROOT}

    def run(line):
        done = subprocess.run(**command(line), capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    return SimpleNamespace(run=run, command=command, ran=ran)


def started(process):
    given = dict(process)
    return machines.running(*given.pop("args"), **given)


def be_strong(visitor, address):
    """Log in and set up the second step, which production asks for."""
    visitor.get("/auth/login")
    visitor.post("/auth/login", email=address, password=PASSWORD)
    told = parsedate_to_datetime(visitor.ask("GET", "/healthz").headers["Date"])  # production's clock runs, ours stands
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", visitor.get("/auth/second/set-up"))[1]
    assert visitor.post("/auth/second/set-up", code=pyotp.TOTP(secret).at(told)) == 200
    return visitor


def join(parts, link, name):
    """Accept an invitation that came by mail, and come in."""
    visitor = Visitor(parts.site, parts.certificate)
    visitor.get(link)
    assert visitor.post(link, name=name, password=PASSWORD) == "/auth/login"
    return visitor


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#17493d").save(out, "JPEG")
    return out.getvalue()


def apply_and_be_admitted(parts, officer):
    """A firm applies at the public page; the bureau admits it; its partner comes in by the links of two mails."""
    firm = Visitor(parts.site, parts.certificate)
    firm.get("/join")
    application = {
        "name": "上海新城律师事务所", "licence_number": "31310000MD0123456X", "district": "310113",
        "phone": "021-55556666", "contact_name": "申律师", "contact_email": "shen@firm.example",
    }  # fmt: skip
    assert firm.post("/join", files={"papers": ("licence.jpg", picture())}, **application) == 200
    path = re.search(r'href="(/bureau/firms/[\w-]+)">上海新城', officer.get("/bureau/firms"))[1]
    day = re.search(r'<input[^>]*name="review_on"[^>]*value="([\d-]+)"', officer.get(path))[1]
    for standard in STANDARDS:
        officer.post(f"{path}/standards", standard=standard, met="yes", evidence="看过原件")
    assert officer.post(f"{path}/decide", decision="admit", why="材料齐全", review_on=day) == path
    link = wait_for(lambda: parts.post.link_for("shen@firm.example", "/auth/invitation/"))
    admin = be_strong(join(parts, link, "申律师"), "shen@firm.example")
    admin.get("/firm/people")
    assert admin.post("/firm/people/invite", email="he@firm.example", role="partner") == "/firm/people"
    link = wait_for(lambda: parts.post.link_for("he@firm.example", "/auth/invitation/"))
    lawyer = be_strong(join(parts, link, "何律师"), "he@firm.example")
    admin.get("/firm/roster")
    assert admin.post("/firm/roster", fill="yes") == "/firm/roster"
    return lawyer


def check_up(parts):
    """An owner without an account answers to the end, asks for a lawyer, and accepts the letter by a code."""
    owner = Visitor(parts.site, parts.certificate)
    slug = re.search(r'href="/f/([\w-]+)"', owner.get("/"))[1]
    owner.get(f"/f/{slug}/start")
    url = str(owner.post(f"/f/{slug}/start", **DETAILS)).rstrip("/")
    place = owner.ask("GET", url).headers["Location"].removeprefix(parts.site)
    while not place.endswith("/ready"):
        place = str(owner.post(place, **first_choices(owner.get(place))))
    owner.get(place)
    owner.post(f"{url}/submit")
    owner.get(f"{url}/letter")
    owner.post(f"{url}/letter/send", phone=PHONE)
    code = re.search(r"\d{6}", json.loads(parts.gateway.taken[-1][2])["text"])[0]
    seen = re.search(r'name="seen" value="(\w{64})"', owner.page)[1]
    accepted = owner.post(f"{url}/letter/accept", phone=PHONE, code=code, seen=seen, locale="zh-Hans")
    assert isinstance(accepted, str), owner.page
    return owner, url


def sign(lawyer, checkup_id):
    """Names first, then each finding, advice, signature; the number that verifies."""
    page = f"/lawyer/checkups/{checkup_id}"
    lawyer.get(f"{page}/names")
    assert isinstance(lawyer.post(f"{page}/names", outcome="take", parties_version="0"), str), lawyer.page

    def version():
        return re.search(r'name="version" value="(\d+)"', lawyer.get(page))[1]

    lawyer.get(page)
    for risk in sorted(set(re.findall(rf'action="{page}/findings/([\w.-]+)"', lawyer.page))):
        lawyer.post(f"{page}/findings/{risk}", version=version(), action="confirm", reason="", percent="50")
    lawyer.post(f"{page}/advice", version=version(), advice="先补合同。")
    assert isinstance(lawyer.post(f"{page}/sign", version=version()), str), lawyer.page
    return re.search(r"/verify/(\w+)", lawyer.get(page))[1]


def paper(lawyer, report):
    """The paper, once it can be had: while the pooler loses its lines to a database that was dropped, it is not yet."""
    answer = lawyer.ask("GET", report)
    return answer.status_code == 200 and answer.content


def first_officer(parts, printed):
    link = re.search(r"https://\S+(/first-run/\S+)", printed)[1]
    visitor = Visitor(parts.site, parts.certificate)
    visitor.get(link)
    fields = {"name": "新城司法局", "officer": "李科长", "email": "li@city.example", "password": PASSWORD}
    assert visitor.post(link, district="", name_en="", **fields) == "/auth/login"
    assert visitor.ask("GET", link).status_code == 410
    return be_strong(visitor, "li@city.example")


def lose_everything(parts):
    with psycopg.connect(machines.superuser(parts.ports.db), autocommit=True) as connection:
        connection.execute("DROP DATABASE famai WITH (FORCE)")
        connection.execute("CREATE DATABASE famai OWNER famai_tables")
    for file in (parts.place / "data/files").rglob("*"):
        if file.is_file():
            file.unlink()


def test_a_city_that_is_built_by_the_page_works_and_comes_back(parts, city):
    status, said = city.run(SCRIPT[0])
    assert status == 0, said
    with (parts.place / "etc/famai.env").open("a", encoding="ascii") as file:
        file.write(parts.more)
    status, said = city.run("famai migrate")
    assert status == 0, said
    pooler = machines.pgbouncer(parts.place, parts.place / "etc/userlist.txt", parts.ports.db, parts.ports.pooler)
    proxy = machines.nginx(parts.place, parts.ports.web, parts.ports.tls)
    web, worker = city.command("famai serve --workers 2"), city.command("famai worker")
    web["args"] += ["--port", str(parts.ports.web)]
    with pooler, proxy:
        with started(web), started(worker):
            visitor = Visitor(parts.site, parts.certificate)
            wait_for(lambda: visitor.ask("GET", "/healthz").status_code == 200)
            status, printed = city.run("famai setup")
            assert [line for line in printed.splitlines() if line.startswith("✗")] == []
            assert status == 0
            status, said = city.run("famai mail test you@city.example")
            assert status == 0, said
            officer = first_officer(parts, printed)
            lawyer = apply_and_be_admitted(parts, officer)
            owner, url = check_up(parts)
            number = sign(lawyer, url.split("/")[-1])
            assert "这份报告是真的" in visitor.get(f"/verify/{number}")
            report = f"/lawyer/checkups/{url.split('/')[-1]}/report.pdf"
            pdf = wait_for(lambda: paper(lawyer, report))
            ready = visitor.ask("GET", "/readyz").json()
            ready.pop("holidays")  # of the real year's notices
            assert set(ready.values()) == {"ok"}, ready
            assert visitor.ask("GET", "/metrics").status_code == 404
            status, said = city.run("famai backup /var/backups/famai --keep 35 --rehearse")
            assert status == 0, said
            assert "with 1 checkups" in said
        lose_everything(parts)
        status, said = city.run("famai restore /var/backups/famai --yes")
        assert status == 0, said
        status, said = city.run("famai migrate")
        assert status == 0, said
        status, said = city.run("famai erase-again /var/backups/famai")
        assert status == 0, said
        with started(web), started(worker):
            wait_for(lambda: visitor.ask("GET", "/healthz").status_code == 200)
            assert "这份报告是真的" in visitor.get(f"/verify/{number}")
            assert wait_for(lambda: paper(lawyer, report)) == pdf
            owner.get(f"{url}/result")
    assert [line for line in SCRIPT if line not in city.ran] == []
