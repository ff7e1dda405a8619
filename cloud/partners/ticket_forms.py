"""What a connected party may send: a closed list of fields, each checked; nothing else is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from tenants.districts import DISTRICTS
from tenants.errors import FieldFault, Invalid

WISHES = ("checkup", "advice", "mediation", "other")
MOST = {"reference": 64, "number": 20, "topic": 20, "firm": 60, "name": 60, "phone": 30, "note": 500}


@dataclass(frozen=True)
class TicketForm:
    """One request. `reference` is the sender's number, `number` ours if the sender was given it."""

    reference: str
    wish: str
    district: str
    topic: str = ""
    number: str = ""
    firm: str = ""
    name: str = ""
    phone: str = ""
    note: str = ""


def parse_ticket(raw: object, topics: frozenset[str]) -> TicketForm:
    """Raises: Invalid with every fault."""
    if not isinstance(raw, Mapping):
        raise Invalid((FieldFault("body", "not_an_object"),))
    faults = [FieldFault(str(name), "unknown_field") for name in raw if name not in TicketForm.__annotations__]
    held: dict[str, str] = {}
    for name in TicketForm.__annotations__:
        value = raw.get(name, "")
        if not isinstance(value, str) or not value.isprintable():
            faults.append(FieldFault(name, "control_characters"))
        elif len(value) > MOST.get(name, 20):
            faults.append(FieldFault(name, "too_long", {"most": MOST.get(name, 20)}))
        else:
            held[name] = value.strip()
    faults += [FieldFault(name, "required") for name in ("reference", "wish", "district") if held.get(name) == ""]
    faults += _unknown(held, "wish", WISHES) + _unknown(held, "district", tuple(DISTRICTS))
    if held.get("topic"):
        faults += _unknown(held, "topic", tuple(topics))
    if faults:
        raise Invalid(tuple(faults))
    return TicketForm(**held)


def _unknown(held: Mapping[str, str], name: str, known: tuple[str, ...]) -> list[FieldFault]:
    return [FieldFault(name, "unknown_option")] if held.get(name) and held[name] not in known else []
