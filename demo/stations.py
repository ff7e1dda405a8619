"""A station of the demo city with helpers who log in: opened and staffed by its bureau, as anywhere."""

import uuid

from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login.credentials import hash_password
from tenants.login.models import Credential
from tenants.stations.admission import add_station
from tenants.stations.duty import accept_duty
from tenants.stations.helpers import begin_post

# Who logs in, her name, her station (its kind, and its name in both languages), whether she has agreed to secrecy.
HELPERS = (
    ("helper@youyi.example", "周姐", "友谊路司法所服务窗口（演示）", True),
    ("seat@12348.example", "坐席小林", "宝山12348热线（演示）", True),
    ("new@youyi.example", "新来的小吴", "友谊路司法所服务窗口（演示）", False),
)
_STATIONS = (
    ("office", "友谊路司法所服务窗口（演示）", "Youyi Road Justice Office desk (demo)", "021-56110000"),
    ("hotline", "宝山12348热线（演示）", "Baoshan 12348 hotline (demo)", "12348"),
)


def open_stations(bureau_id: uuid.UUID, officer: Actor, *, password: str) -> None:
    """Two stations and their helpers."""
    bureau = Scope(Audience.BUREAU, person_id=officer.id, bureau_id=bureau_id)
    rows = {}
    with unit_of_work(bureau) as session:
        for kind, name, name_en, phone in _STATIONS:
            said = {"kind": kind, "name": name, "name_en": name_en, "phone": phone, "by": officer, "now": now()}
            rows[name] = add_station(session, bureau_id=bureau_id, **said)
    hashed = hash_password(password)
    for email, name, station, is_bound in HELPERS:
        row = rows[station]
        with unit_of_work(bureau) as session:
            said = {"email": email, "name": name, "by": officer, "now": now()}
            person = begin_post(session, scope=bureau, station=row, **said)
            enter_scope(session, Scope(Audience.AUTH, person_id=person.id))
            session.get_one(Credential, person.id).password_hash = hashed
        if is_bound:
            with unit_of_work(Scope(Audience.HELPER, person_id=person.id, station_id=row.id)) as session:
                accept_duty(session, station_id=row.id, by=Actor(person.id, name), now=now())
