"""Bodies of the demo city that take referrals: admitted by the city's bureau, some with people who log in."""

from sqlalchemy import select

from billing.fees.catalogue import get_catalogue
from billing.fees.offers import bring_in_providers
from demo.relief import Officers
from demo.staff import add_person, join_body
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Person, Provider
from tenants.providers.admission import add_provider, change_provider, decide
from tenants.providers.facts import OwnWords, Standing
from tenants.providers.own import add_person as add_known

# Who logs in, her name, and her body by its Chinese name.
CHIEFS = (
    ("chief@heshang.example", "方主任", "和商商事调解中心（演示）"),
    ("chief@baojiang.example", "蒋主任", "宝江公证处（演示）"),
)
_ALL = ("zh-Hans", "en")
# Kind, name in both languages, district, services, waiting days, capacity, whether it asks less for a certificate.
_BODIES = (
    ("mediation", "和商商事调解中心（演示）", "Heshang Commercial Mediation Centre (demo)", "",
     ("debt", "lease", "supplier", "customer", "partners"), 5, 30, True),
    ("mediation", "友谊路人民调解委员会（演示）", "Youyi Road People's Mediation Committee (demo)", "310113",
     ("debt", "lease", "labour", "customer"), 2, 12, False),
    ("notary", "宝江公证处（演示）", "Baojiang Notary Office (demo)", "310113",
     ("evidence", "debt-instrument", "agreement"), 3, 0, True),
    ("appraisal", "申信司法鉴定所（演示）", "Shenxin Forensic Institute (demo)", "310110",
     ("document", "goods"), 10, 0, False),
    ("arbitration", "浦江仲裁委员会（演示）", "Pujiang Arbitration Commission (demo)", "",
     ("commercial",), 15, 0, True),
    ("legal-aid", "宝山区法律援助中心（演示）", "Baoshan Legal Aid Centre (demo)", "310113",
     ("aid", "labour", "advice"), 3, 0, False),
    ("legal-service", "宝山区公共法律服务中心（演示）", "Baoshan Public Legal Service Centre (demo)", "310113",
     ("advice",), 0, 0, False),
)  # fmt: skip
_PEOPLE = {
    "和商商事调解中心（演示）": (
        ("沈和", "mediator", ("debt", "supplier"), "2019至2023年在一家货运公司做法务。"),
        ("Lin Rui", "mediator", ("lease", "partners"), ""),
    ),
    "宝江公证处（演示）": (("许静", "notary", ("evidence", "debt-instrument"), ""),),
}


def open_bodies(officers: Officers, *, password: str) -> None:
    """The catalogue's bodies are admitted, others added, and two of them have a chief who logs in."""
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        bring_in_providers(session, get_catalogue())
    bureau = officers.scope(officers.first)
    with unit_of_work(bureau) as session:
        listed = {row.name: row for row in session.scalars(select(Provider))}
        rows = {}
        for kind, name, name_en, district, services, waits, most, takes in _BODIES:
            phone = "021-12348"
            words = OwnWords(
                phone=phone,
                email=f"{kind}@bodies.example",
                address="上海市宝山区友谊路2号" if district == "310113" else "上海市黄浦区中山南路1号",
                hours="周一到周五 9:00–17:00",
                services=services,
                serves=(district,) if district else (),
                languages=_ALL if takes else ("zh-Hans",),
                capacity=most,
                waiting_days=waits,
            )
            standing = Standing(name, name_en, district, takes)
            given = {"bureau_id": bureau.bureau_id, "by": officers.first, "now": now()}
            row = listed.get(name)
            if row is None:
                row = add_provider(session, kind=kind, standing=standing, words=words, **given)
            else:
                change_provider(session, row, standing=standing, words=words, bureau_id=bureau.bureau_id)
                decide(session, row, step="admit", why="材料齐全", **given)
            rows[name] = row
    for email, called, name in CHIEFS:
        _open_desk(bureau, rows[name], email=email, name=called, password=password)


def _open_desk(bureau: Scope, row: Provider, *, email: str, name: str, password: str) -> None:
    person_id = new_id()
    with unit_of_work(Scope(Audience.AUTH)) as session:
        add_person(session, person_id, email=email, name=name, password=password)
        person = session.get_one(Person, person_id)
    join_body(bureau, row, person, "chief")
    with unit_of_work(Scope(Audience.PROVIDER, person_id=person_id, provider_id=row.id)) as session:
        for called, calling, services, disclosure in _PEOPLE[row.name]:
            add_known(
                session, row, name=called, calling=calling, services=services, languages=_ALL, disclosure=disclosure
            )
