"""The demo city: two firms, six lawyers, one bureau, forty checkups in every state; deterministic by seed."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator

from sqlalchemy.orm import Session

from checkup import checkups, reviews, simulation
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.firms import list_firms
from tenants.identity import BureauPost
from tenants.models import Bureau, Firm, Membership, Person
from tenants.people import hash_password, start_guest
from webapp.settings import Settings

PACK = "cn-shanghai-msme"
PASSWORD = "famai-demo-2026"  # noqa: S105 - printed at the start of the demo city, which is never production
_FIRMS = (
    ("hubin", "上海沪滨律师事务所", "Hubin Law Firm, Shanghai", "310113", ("陈晓", "周敏", "何安")),
    ("jiangwan", "上海江湾律师事务所", "Jiangwan Law Firm, Shanghai", "310110", ("林知远", "孙悦", "徐白")),
)
_OFFICERS = (
    ("bureau", "officer@city.example", "李科长"),
    ("bureau:310113", "officer@baoshan.example", "王科员"),
    ("bureau:310113:1", "officer@youyi.example", "友谊所"),
)
_NUMBER_OF_CHECKUPS = 40
_STATES = ("answering", "submitted", "submitted", "in_review", "signed")


def _id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"famai-demo:{name}")


def fill(settings: Settings, *, seed: int) -> Iterator[str]:
    """Fill the city once; yields the log-ins as lines to print."""
    for slug, name, _, _, lawyers in _FIRMS:
        for number, _lawyer in enumerate(lawyers, start=1):
            yield f"{name}: lawyer{number}@{slug}.example / {PASSWORD}"
    for _bureau, email, name in _OFFICERS:
        yield f"司法局 {name}: {email} / {PASSWORD}"
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        if list_firms(session):
            return
    open_city(settings)
    rng = random.Random(seed)  # noqa: S311 - a synthetic city, not a secret
    for number in range(_NUMBER_OF_CHECKUPS):
        slug, *_, lawyers = _FIRMS[number % len(_FIRMS)]
        lawyer_id = _id(f"{slug}:{number % len(lawyers) + 1}")
        _add_checkup(settings, rng, firm_id=_id(slug), state=_STATES[number % len(_STATES)], lawyer_id=lawyer_id)


def open_city(settings: Settings) -> None:
    """Bureaus, firms and their people, without a checkup."""
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        _open_bureaus(session)
        for slug, name, name_en, district, lawyers in _FIRMS:
            firm_id = _id(slug)
            session.add(
                Firm(
                    id=firm_id,
                    bureau_id=_id(f"bureau:{district}"),
                    slug=slug,
                    name=name,
                    name_en=name_en,
                    district=district,
                    phone="021-12348",
                    licence_number=f"DEMO-{slug}",
                    intro="我们为小店、小厂做免费体检，律师看过才签字。",
                    intro_en="We check small businesses for free; a lawyer reads before signing.",
                    state="active",
                    wrapped_key=settings.keyring().new_firm_key(str(firm_id)),
                )
            )
            session.flush()
            for number, lawyer in enumerate(lawyers, start=1):
                _add_lawyer(session, firm_id, slug, number, lawyer)


def _open_bureaus(session: Session) -> None:
    """The city, two districts and one 司法所, each with an officer."""
    tree = (
        ("bureau", None, None, "上海市司法局（演示）", "Justice Bureau (demo)"),
        ("bureau:310113", "bureau", "310113", "宝山区司法局（演示）", "Baoshan Justice Bureau (demo)"),
        ("bureau:310110", "bureau", "310110", "杨浦区司法局（演示）", "Yangpu Justice Bureau (demo)"),
        ("bureau:310113:1", "bureau:310113", "310113", "友谊路司法所（演示）", "Youyi Road Justice Office (demo)"),
    )
    for key, parent, district, name, name_en in tree:
        parent_id = None if parent is None else _id(parent)
        session.add(Bureau(id=_id(key), parent_id=parent_id, district=district, name=name, name_en=name_en))
        session.flush()
    for bureau, email, name in _OFFICERS:
        person = _add_person(session, _id(email), email, name)
        session.add(BureauPost(bureau_id=_id(bureau), person_id=person.id))


def _add_person(session: Session, person_id: uuid.UUID, email: str, name: str) -> Person:
    person = Person(
        id=person_id, kind="staff", name=name, email=email, password_hash=hash_password(PASSWORD), created_at=now()
    )
    session.add(person)
    session.flush()
    return person


def _add_lawyer(session: Session, firm_id: uuid.UUID, slug: str, number: int, name: str) -> None:
    person = _add_person(session, _id(f"{slug}:{number}"), f"lawyer{number}@{slug}.example", name)
    session.add(Membership(firm_id=firm_id, person_id=person.id, role="lawyer"))
    if number == 1:
        session.add(Membership(firm_id=firm_id, person_id=person.id, role="firm_admin"))


def _add_checkup(
    settings: Settings, rng: random.Random, *, firm_id: uuid.UUID, state: str, lawyer_id: uuid.UUID | None
) -> None:
    """One checkup, answered, and taken as far as `state` by the services that people use."""
    keys, at = settings.keyring(), now() - dt.timedelta(days=rng.randrange(1, 20))
    with unit_of_work(Scope(Audience.PUBLIC, firm_id=firm_id)) as session:
        guest = start_guest(session, at)
        enter_scope(session, Scope(Audience.OWNER, firm_id, guest.id))
        checkup = checkups.start_checkup(
            session,
            firm_id=firm_id,
            owner_id=guest.id,
            details=simulation.make_details(rng),
            consents={"review": True, "statistics": rng.random() < 0.7},
            pack_id=PACK,
            locale="zh-Hans",
            keys=keys,
            now=at,
        )
        opened = checkups.open_checkup(session, checkup_id=checkup.id, keys=keys)
        answers = simulation.walk(
            opened.pack,
            opened.profile,
            simulation.make_character(rng),
            rng,
            today=city_day(at),
            express=rng.random() < 0.5,
        )
        kept = answers if state != "answering" else dict(list(answers.items())[:5])
        checkups.save_answers(session, checkup_id=checkup.id, answers=kept, by="owner", via="web", keys=keys, now=at)
        if state != "answering":
            checkups.submit_checkup(session, checkup_id=checkup.id, keys=keys, now=at)
    if state in ("in_review", "signed") and lawyer_id is not None:
        _review(settings, firm_id=firm_id, checkup_id=checkup.id, lawyer_id=lawyer_id, sign=state == "signed", at=at)


def _review(
    settings: Settings, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, sign: bool, at: dt.datetime
) -> None:
    keys = settings.keyring()
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer_id)) as session:
        review = reviews.take_review(session, checkup_id=checkup_id, lawyer_id=lawyer_id, now=at)
        if not sign:
            return
        for finding in checkups.list_findings(session, checkup_id=checkup_id):
            reviews.decide_finding(
                session,
                checkup_id=checkup_id,
                risk=finding.risk,
                action="confirm",
                likelihood=None,
                reason="",
                lawyer_id=lawyer_id,
                version=review.version,
                now=at,
            )
        text = "先做“先做这几件”里的第一条，做好后拍照留底；拿不准的随时来问。"
        review = reviews.save_advice(
            session, checkup_id=checkup_id, advice=text, lawyer_id=lawyer_id, version=review.version, keys=keys
        )
        reviews.sign_off(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=review.version, keys=keys, now=at)


def simulate(settings: Settings, *, checkups: int, seed: int) -> str:
    """Write answered, scored checkups into the first firm; returns a sentence."""
    rng = random.Random(seed)  # noqa: S311 - synthetic
    for _ in range(checkups):
        _add_checkup(settings, rng, firm_id=_id(_FIRMS[0][0]), state="submitted", lawyer_id=None)
    return f"{checkups} checkups written"
