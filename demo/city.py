"""The demo city: three firms, seven lawyers, one bureau, forty checkups in every state; deterministic by seed."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator

from sqlalchemy.orm import Session

from bureau.hours.moves import Lawyer
from checkup.desk.roster import fill_in_turn
from demo.campaigns import close_campaign, open_campaign, open_firms_own
from demo.cases import add_case, log_signature
from demo.delegates import DELEGATE_PHONE, ask_accountant
from demo.desk import ask_partner, open_desk, tell_names
from demo.gatherings import open_gatherings
from demo.hours import People, add_hours
from demo.mending import PHONE, fill_mending
from demo.money import fill_money
from demo.parks import PRINCIPALS, open_parks
from demo.providers import CHIEFS, open_bodies
from demo.relief import Officers, fill_relief
from demo.reviewing import fill_library
from demo.staff import add_person, join_firm
from demo.stations import HELPERS, open_stations
from demo.statistics import OPERATOR
from demo.talk import talk
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.firms.directory import list_firms
from tenants.firms.reception import open_reception
from tenants.login.models import HEAD, OFFICER, BureauPost, OperatorPost
from tenants.models import Bureau, Firm
from webapp.settings import Settings

PASSWORD = "famai-demo-2026"  # noqa: S105 - printed at the start of the demo city, which is never production
_FIRMS = (
    ("hubin", "上海沪滨律师事务所", "Hubin Law Firm, Shanghai", "310113", ("陈晓", "周敏", "何安")),
    ("jiangwan", "上海江湾律师事务所", "Jiangwan Law Firm, Shanghai", "310110", ("林知远", "孙悦", "徐白")),
)
_WITHOUT_CASES = (
    ("suzhouhe", "上海苏州河律师事务所", "Suzhou Creek Law Firm, Shanghai", "310110", ("顾言",)),
)  # fmt: skip
_ADDRESSES = {
    "hubin": "上海市宝山区友谊路1号3楼", "jiangwan": "上海市杨浦区淞沪路8号", "suzhouhe": "上海市杨浦区长阳路18号",
}  # fmt: skip
_OFFICERS = (
    ("bureau", "officer@city.example", "李科长"),
    ("bureau", "officer2@city.example", "赵副科长"),
    ("bureau:310113", "officer@baoshan.example", "王科员"),
    ("bureau:310113:1", "officer@youyi.example", "友谊所"),
)
_NUMBER_OF_CHECKUPS = 40
_PARTNER = 2  # the second lawyer of each firm is a partner too
_WITHOUT_LETTER = 10  # one owner in ten has still to accept the scope letter
_ACCOUNTANTS = 3  # drafts, and signed reports, that one accountant helps with
_LONGEST_WAIT = 9 * 24  # hours from sending to signature: some are later than the five working days
_STATES = ("answering", "submitted", "submitted", "in_review", "signed")


def demo_id(name: str) -> uuid.UUID:
    """The id of a firm (`hubin`), a lawyer (`hubin:1`), a bureau (`bureau:310113`) or an officer (by e-mail)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"famai-demo:{name}")


def fill(settings: Settings, *, seed: int) -> Iterator[str]:
    """Fill the city once; yields the log-ins as lines to print."""
    for slug, name, _, _, lawyers in (*_FIRMS, *_WITHOUT_CASES):
        for number, _lawyer in enumerate(lawyers, start=1):
            yield f"{name}: lawyer{number}@{slug}.example / {PASSWORD}"
    for _bureau, email, name in _OFFICERS:
        yield f"司法局 {name}: {email} / {PASSWORD}"
    yield from _bodies_log_ins()
    yield f"平台运营 {OPERATOR[1]}: {OPERATOR[0]} / {PASSWORD}"
    yield f"店主: /me/phone {PHONE}（验证码在 /dev/outbox）"
    yield f"店主请的会计: /me/phone {DELEGATE_PHONE}（验证码在 /dev/outbox）"
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        if list_firms(session):
            return
    open_city(settings)
    rng = random.Random(seed)  # noqa: S311 - a synthetic city, not a secret
    with_result, drafts, signed = [], [], []
    for number in range(_NUMBER_OF_CHECKUPS):
        slug, *_, lawyers = _FIRMS[number % len(_FIRMS)]
        lawyer_id = demo_id(f"{slug}:{number % len(lawyers) + 1}")
        at = now() - dt.timedelta(days=rng.randrange(1, 20))
        state = _STATES[number % len(_STATES)]
        waits = dt.timedelta(hours=rng.randrange(4, _LONGEST_WAIT)) if state == "signed" else dt.timedelta()
        case = add_case(
            settings,
            rng,
            firm_id=demo_id(slug),
            state=state,
            lawyer_id=lawyer_id,
            at=at,
            has_letter=number % _WITHOUT_LETTER != 1,
            waits=waits,
        )
        if state == "signed":
            log_signature(firm_id=case.firm_id, checkup_id=case.checkup_id, lawyer_id=lawyer_id)
        talk(settings, case, state=state, number=number, at=min(at + waits, now()))
        with_result += [case] if state != "answering" else []
        drafts += [case] if state == "answering" else []
        signed += [case] if state == "signed" else []
    for slug, *_, lawyers in _FIRMS:
        open_desk(demo_id(slug), [(demo_id(f"{slug}:{n}"), name) for n, name in enumerate(lawyers, start=1)])
        fill_library(demo_id(slug), demo_id(f"{slug}:1"), lawyers[0])
        named = tell_names(settings, demo_id(slug))
        ask_partner(settings, demo_id(slug), named[0], (demo_id(f"{slug}:3"), lawyers[2]))
    fill_money([demo_id(slug) for slug, *_ in _FIRMS])
    fill_relief(settings, city_officers(), with_result, seed=seed)
    add_hours(settings, hours_people(), seed=seed)
    fill_mending(
        settings,
        firm_id=demo_id("hubin"),
        lawyer_id=demo_id("hubin:2"),
        officer=city_officers().second,
        bureau=Scope(Audience.BUREAU, bureau_id=demo_id("bureau:310113")),
    )
    ask_accountant(settings, (*drafts[:_ACCOUNTANTS], *signed[:_ACCOUNTANTS]))


def _bodies_log_ins() -> Iterator[str]:
    """Of those who work beside firms and bureaus."""
    for email, name, _provider in CHIEFS:
        yield f"服务机构 {name}: {email} / {PASSWORD}"
    for email, name, _partner in PRINCIPALS:
        yield f"合作单位 {name}: {email} / {PASSWORD}"
    for email, name, station, _bound in HELPERS:
        yield f"{station} {name}: {email} / {PASSWORD}"


def city_officers() -> Officers:
    """The two officers of the city's bureau."""
    first, second = (Actor(demo_id(email), name) for _, email, name in _OFFICERS[:2])
    return Officers(demo_id("bureau"), first, second)


def baoshan() -> Officers:
    """The one officer of the district's bureau."""
    email, name = next((email, name) for bureau, email, name in _OFFICERS if bureau == "bureau:310113")
    officer = Actor(demo_id(email), name)
    return Officers(demo_id("bureau:310113"), officer, officer)


def hours_people() -> People:
    """Everybody who gives, confirms or supervises hours in the city."""
    lawyers = [
        Lawyer(demo_id(slug), demo_id(f"{slug}:{number}"), name)
        for slug, *_, names in _FIRMS
        for number, name in enumerate(names, start=1)
    ]
    admins = {demo_id(slug): Actor(demo_id(f"{slug}:1"), names[0]) for slug, *_, names in _FIRMS}
    return People(lawyers, admins, demo_id("bureau"), city_officers().first)


def open_city(settings: Settings) -> None:
    """Bureaus, firms with their people and rosters, and who runs the platform, without a checkup."""
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        _add_operator(session)
        _open_bureaus(session)
        open_reception(session, new_key=settings.keyring().new_firm_key(str(RECEPTION_ID)))
        for slug, name, name_en, district, _lawyers in (*_FIRMS, *_WITHOUT_CASES):
            firm_id = demo_id(slug)
            session.add(
                Firm(
                    id=firm_id,
                    bureau_id=demo_id(f"bureau:{district}"),
                    slug=slug,
                    name=name,
                    name_en=name_en,
                    district=district,
                    phone="021-12348",
                    address=_ADDRESSES[slug],
                    licence_number=f"DEMO-{slug}",
                    intro="我们为小店、小厂做免费体检，律师看过才签字。",
                    intro_en="We check small businesses for free; a lawyer reads before signing.",
                    state="active",
                    wrapped_key=settings.keyring().new_firm_key(str(firm_id)),
                )
            )
            session.flush()
    for slug, *_, lawyers in (*_FIRMS, *_WITHOUT_CASES):
        for number, lawyer in enumerate(lawyers, start=1):
            _add_lawyer(slug, number, lawyer)
        with unit_of_work(Scope(Audience.FIRM, demo_id(slug), demo_id(f"{slug}:1"))) as session:
            fill_in_turn(session, firm_id=demo_id(slug), today=city_day(now()))
    open_bodies(city_officers(), password=PASSWORD)
    open_parks(baoshan(), password=PASSWORD)
    close_campaign(baoshan())
    open_campaign(baoshan(), reader_id=demo_id("hubin"))
    open_firms_own(firm_id=demo_id("hubin"), by=Actor(demo_id("hubin:1"), _FIRMS[0][4][0]))
    open_gatherings(baoshan(), firm_id=demo_id("hubin"), speaker_id=demo_id("hubin:1"), speaker_name=_FIRMS[0][4][0])
    open_stations(demo_id("bureau:310113"), baoshan().first, password=PASSWORD)


def _add_operator(session: Session) -> None:
    email, name = OPERATOR
    add_person(session, demo_id(email), email=email, name=name, password=PASSWORD)
    enter_scope(session, Scope(Audience.OPERATOR))
    session.add(OperatorPost(person_id=demo_id(email)))
    session.flush()


def _open_bureaus(session: Session) -> None:
    """The city, two districts and one 司法所, each with an officer."""
    tree = (
        ("bureau", None, None, "上海市司法局（演示）", "Justice Bureau (demo)"),
        ("bureau:310113", "bureau", "310113", "宝山区司法局（演示）", "Baoshan Justice Bureau (demo)"),
        ("bureau:310110", "bureau", "310110", "杨浦区司法局（演示）", "Yangpu Justice Bureau (demo)"),
        ("bureau:310113:1", "bureau:310113", "310113", "友谊路司法所（演示）", "Youyi Road Justice Office (demo)"),
    )
    for key, parent, district, name, name_en in tree:
        parent_id = None if parent is None else demo_id(parent)
        session.add(Bureau(id=demo_id(key), parent_id=parent_id, district=district, name=name, name_en=name_en))
        session.flush()
    heads = {bureau: email for bureau, email, _name in reversed(_OFFICERS)}  # whoever came first
    for bureau, email, name in _OFFICERS:
        add_person(session, demo_id(email), email=email, name=name, password=PASSWORD)
        enter_scope(session, Scope(Audience.OPERATOR))
        role = HEAD if email == heads[bureau] else OFFICER
        session.add(BureauPost(bureau_id=demo_id(bureau), person_id=demo_id(email), role=role))
        session.flush()


def _add_lawyer(slug: str, number: int, name: str) -> None:
    person_id = demo_id(f"{slug}:{number}")
    with unit_of_work(Scope(Audience.AUTH)) as session:
        add_person(session, person_id, email=f"lawyer{number}@{slug}.example", name=name, password=PASSWORD)
    more = {1: ("firm_admin",), _PARTNER: ("partner",)}.get(number, ())
    join_firm(demo_id(slug), person_id, "lawyer", *more)
