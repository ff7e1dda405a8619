"""The cross-tenant walk: every route of the URL map, every audience, with own, foreign, missing and erased objects."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient

from bureau.gatherings import making
from checkup.desk.roster import plan_day
from checkup.owner.erasure import erase_checkup
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from tests.delegating import OTHER_PHONE, PHONE, delegate_draft
from tests.gatherings import PLAN
from tests.helping import HELPER, SEAT, help_somebody
from tests.kiosks import make_kiosk
from tests.owners import DETAILS
from tests.parks import make_firm_link
from tests.visits import hold, log_in
from webapp.edge import audiences
from webapp.edge.people_here import OwnerHere

MISSING = uuid.UUID("01980000-0000-7000-8000-00000000dead")
PARTNER = "lawyer2@hubin.example"
PARTNERS_ALONE = {"second_sign", "decide_conflict"}
LOGGED_IN = {
    Audience.FIRM: "lawyer1@hubin.example",
    Audience.BUREAU: "officer@baoshan.example",
    Audience.PROVIDER: "chief@heshang.example",
    Audience.HELPER: HELPER,
    Audience.PARTNER: "park@baoshan.example",
    Audience.OPERATOR: "operator@famai.example",
}
ASKED = {"own": PHONE, "foreign": OTHER_PHONE, "erased": PHONE}
HELPED = {"own": HELPER, "foreign": SEAT, "erased": HELPER}
FILLED = {
    "question_id": "con.written", "risk": "con.unwritten", "lesson": "written-deals", "dispute": "debt",
    "slug": "hubin",
    "number": "FM26AAAAAAAAAA",
    "token": "no-such-token", "owner_step": "withdraw", "firm_step": "recommend", "decision": "refuse",
    "follow": "passed", "level": "bank", "what": "shop", "act": "end", "job": 1, "step": "drop",
    "kind": "mediation", "standing_step": "suspend", "partner_step": "suspend", "campaign_step": "open",
    "code": "222222", "kit_size": "a4", "kit_locale": "en", "topic": "way:debt", "referral_step": "withdraw",
    "file_kind": "pdf", "account": "wechat",
}  # fmt: skip
CLINIC = {"category": "clinic", "times": "06:00-06:10", "place": "创业园", "witness": "王主任"}


@dataclass
class Walk:
    """What was tried: a count per audience, and every answer that was wrong."""

    tried: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Objects:
    """Ids by the name of their URL variable: those of the one who asks, and those of others; and who is logged in."""

    app: Flask
    clients: dict[Audience, FlaskClient]
    partner: FlaskClient
    delegate_id: uuid.UUID
    own: dict[str, str]
    foreign: dict[str, str]
    erased: dict[str, str]


def new_checkup(app: Flask, slug: str) -> tuple[FlaskClient, str]:
    """A client that owns a checkup of this firm, and its id; not submitted, so that no report is rendered."""
    with unit_of_work(Scope(Audience.FIRM, demo_id(slug), demo_id(f"{slug}:1"))) as work:
        # A firm takes owners once it has a roster, and the walk posts an empty one too.
        plan_day(work, firm_id=demo_id(slug), day=city_day(now()), people={1: demo_id(f"{slug}:2")})
    client = app.test_client()
    url = client.post(f"/f/{slug}/start", data=DETAILS).location.rstrip("/")
    return client, url.split("/")[-1]


def by_phone(app: Flask, person_id: uuid.UUID) -> FlaskClient:
    """A client of somebody who came in by phone and has no checkup of her own."""
    client = app.test_client()
    hold(client, OwnerHere(person_id, has_phone=True))
    return client


def find_objects(app: Flask) -> Objects:
    """Objects at 沪滨 (own), at 江湾 (foreign) and an erased one at 沪滨."""
    city = log_in(app, "officer@city.example").get("/bureau/firms").text
    firms = {name: re.search(rf"/bureau/firms/([\w-]+)\">上海{name}", city)[1] for name in ("沪滨", "江湾")}
    _, foreign = new_checkup(app, "jiangwan")
    gone_owner, gone = new_checkup(app, "hubin")
    gone_owner.post(f"/checkup/{gone}/mine/erase")
    others = log_in(app, "lawyer1@jiangwan.example")
    person = re.findall(r"/firm/people/([\w-]+)/end", others.get("/firm/people").text)[0]
    others.post("/lawyer/hours/clinic", data={**CLINIC, "day": city_day(now()).isoformat()})
    entry = re.findall(r"/lawyer/hours/([0-9a-f-]{36})\"", others.get("/lawyer/hours").text)[0]
    owner, own = new_checkup(app, "hubin")
    helped = {kind: help_somebody(app.extensions["famai"], email) for kind, email in HELPED.items()}
    with unit_of_work(helped["erased"].owner) as work:
        by = Actor(helped["erased"].owner_id, "店主本人")
        erase_checkup(work, checkup_id=helped["erased"].checkup_id, asked_by="owner", by=by, now=now())
    helps = {kind: str(one.help_id) for kind, one in helped.items()}
    campaigns = {kind: make_firm_link(slug=slug) for kind, slug in (("own", "hubin"), ("foreign", "jiangwan"))}
    asked = {kind: delegate_draft(app.extensions["famai"], phone=phone) for kind, phone in ASKED.items()}
    with unit_of_work(asked["erased"].owner) as work:
        by = Actor(asked["erased"].owner.person_id, "店主本人")
        erase_checkup(work, checkup_id=asked["erased"].checkup_id, asked_by="owner", by=by, now=now())
    delegations = {kind: str(one.delegation_id) for kind, one in asked.items()}
    delegate_id = asked["own"].person_id
    staff = {asking: log_in(app, email) for asking, email in LOGGED_IN.items()}
    kiosks = {kind: make_kiosk(app.extensions["famai"], HELPED[kind]).id for kind in ("own", "foreign")}
    return Objects(
        app,
        {
            Audience.PUBLIC: app.test_client(),
            Audience.OWNER: owner,
            Audience.DELEGATE: by_phone(app, delegate_id),
            **staff,
        },
        log_in(app, PARTNER),
        delegate_id,
        own={
            "firm_id": firms["沪滨"],
            "checkup_id": own,
            "help_id": helps["own"],
            "kiosk_id": str(kiosks["own"]),
            "delegation_id": delegations["own"],
            "gathering_id": gathering("hubin"),
            "campaign_id": str(campaigns["own"].campaign_id),
            "link_id": str(campaigns["own"].id),
        },
        foreign={
            "checkup_id": foreign,
            "firm_id": firms["江湾"],
            "gathering_id": gathering("jiangwan"),
            "campaign_id": str(campaigns["foreign"].campaign_id),
            "link_id": str(campaigns["foreign"].id),
            "person_id": person,
            "entry_id": entry,
            "help_id": helps["foreign"],
            "kiosk_id": str(kiosks["foreign"]),
            "delegation_id": delegations["foreign"],
        },
        erased={"checkup_id": gone, "help_id": helps["erased"], "delegation_id": delegations["erased"]},
    )


def gathering(slug: str) -> str:
    """A day of advice of this firm's own, tomorrow."""
    by = Actor(demo_id(f"{slug}:1"), "管理员")
    with unit_of_work(Scope(Audience.FIRM, demo_id(slug), by.id)) as work:
        host = making.Host(work.get_one(Firm, demo_id(slug)).bureau_id, by_firm=demo_id(slug))
        return str(making.make_gathering(work, PLAN, host, by=by, now=now()).id)


class Gate:
    """Whether the last request was refused by the gate of its view, which looks at who asks and at no object."""

    def __init__(self, refusal):
        self.refusal, self.refused = refusal, False

    def __call__(self, who, may):
        self.refused = True  # it may refuse by an exception
        answer = self.refusal(who, may)
        self.refused = answer is not None
        return answer


def walk(app: Flask, *, stops: bool = False) -> Walk:
    """Try everything; a route with an object in its address must answer 404 for every object that is not one's own.
    Whom the gate of a view keeps out is asked about one object alone.

    `stops`: at the first wrong answer.
    """
    result, objects = Walk(), find_objects(app)
    with patch.object(audiences, "_refusal", Gate(audiences._refusal)) as gate:
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if rule.endpoint == "static" or rule.rule.startswith("/dev/"):
                continue
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                _walk_route(app, rule, method, objects, gate, result)
                if stops and result.wrong:
                    return result
    return result


def _walk_route(app: Flask, rule, method: str, objects: Objects, gate: Gate, result: Walk) -> None:
    declared = app.view_functions[rule.endpoint].audience
    names = [name for name in rule.arguments if name not in FILLED]
    for asking in (Audience.PUBLIC, Audience.OWNER, Audience.DELEGATE, *LOGGED_IN):
        if asking is Audience.DELEGATE and declared is Audience.OWNER and "checkup_id" not in names:
            continue  # her own pages, as of anybody who came in by phone
        for kind in ("own", "foreign", "missing", "erased") if names else ("own",):
            ids = _ids(names, kind, objects)
            client = _client(asking, declared, rule, ids if kind == "own" else {}, objects)
            path = rule.build({**FILLED, **ids, **({"number": 1} if "<int:number>" in rule.rule else {})})[1]
            gate.refused = False
            answer = client.open(path, method=method)
            result.tried[asking.value] += 1
            if not _is_right(answer, declared, asking, kind, bool(names)):
                result.wrong.append(f"{asking.value} {method} {rule.rule} ({kind}): {answer.status_code}")
            if gate.refused:
                break


def _ids(names: list[str], kind: str, objects: Objects) -> dict[str, str]:
    known = {"own": objects.own, "foreign": objects.foreign, "erased": objects.erased, "missing": {}}[kind]
    return {name: known.get(name, str(MISSING)) for name in names}


def _client(asking: Audience, declared: Audience, rule, ids: dict[str, str], objects: Objects) -> FlaskClient:
    """Somebody of this audience at 沪滨; what a request may change or end is made anew for whoever may."""
    client = objects.clients[asking]
    if asking is Audience.FIRM and objects.app.view_functions[rule.endpoint].permission in PARTNERS_ALONE:
        client = objects.partner
    if asking in LOGGED_IN and rule.rule.startswith("/auth"):
        return log_in(objects.app, LOGGED_IN[asking])
    if asking is Audience.DELEGATE and declared is Audience.PUBLIC:  # which may end or change her session
        return by_phone(objects.app, objects.delegate_id)
    if asking is not Audience.OWNER and "checkup_id" not in ids:
        return client
    if "checkup_id" in ids and asking is declared:
        owner, ids["checkup_id"] = new_checkup(objects.app, "hubin")
        return owner if asking is Audience.OWNER else client
    return client


def _is_right(answer, declared: Audience, asking: Audience, kind: str, has_object: bool) -> bool:
    if answer.status_code >= 500:
        return False
    if declared is Audience.PUBLIC:
        return True
    is_sent_to_log_in = answer.status_code == 302 and answer.location.startswith(("/auth/login", "/me/phone"))
    if asking is not declared:
        return answer.status_code in (401, 404) or is_sent_to_log_in
    if has_object and kind != "own":
        # A permission that is not held is refused before any object is looked for, so it tells nothing either.
        return answer.status_code in (403, 404)
    return not is_sent_to_log_in
