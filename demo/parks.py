"""Partners of the demo city: a park that was admitted, and a chamber that waits for its bureau."""

import uuid

from demo.relief import Officers
from demo.staff import add_person, join_body
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Person
from tenants.parks.admission import Application, apply_partner, decide, get_partner

# Who logs in, her name, and her park by its Chinese name.
PRINCIPALS = (("park@baoshan.example", "高经理", "友谊路电商园（演示）"),)
_APPLICATIONS = (
    Application(
        "park", "友谊路电商园（演示）", "Youyi Road E-commerce Park (demo)", "310113", "上海市宝山区友谊路200号",
        "021-5555 0101", "高经理", "park@baoshan.example",
    ),
    Application(
        "chamber", "宝山餐饮商会（演示）", "Baoshan Restaurant Chamber (demo)", "310113", "上海市宝山区牡丹江路88号",
        "021-5555 0102", "钱秘书", "chamber@baoshan.example",
    ),
)  # fmt: skip


def open_parks(officers: Officers, *, password: str) -> None:
    """Both have applied; the park is in, and its manager logs in."""
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        ids = {
            said.name: apply_partner(session, said, bureau_id=officers.bureau_id, now=now()) for said in _APPLICATIONS
        }
    for email, called, name in PRINCIPALS:
        _open_desk(officers, ids[name], email=email, name=called, password=password)


def _open_desk(officers: Officers, partner_id: uuid.UUID, *, email: str, name: str, password: str) -> None:
    bureau = officers.scope(officers.first)
    with unit_of_work(bureau) as session:
        row = get_partner(session, partner_id, lock=True)
        decide(session, row, step="admit", why="运营方已核实", by=officers.first, now=now())
    person_id = new_id()
    with unit_of_work(Scope(Audience.AUTH)) as session:
        add_person(session, person_id, email=email, name=name, password=password)
        person = session.get_one(Person, person_id)
    join_body(bureau, row, person, "principal")
