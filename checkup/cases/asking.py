"""What must be known of a business before the next question, or before a firm can say yes. Pure."""

from functools import lru_cache

from checkup.packs.catalogue import get_pack
from checkup.packs.conditions import refs
from checkup.packs.values import Pack, Question
from tenants.business_details import BusinessDetails

# Which questions follow hangs on these two from the first one on.
FIRST = ("form", "staff")
_REVENUE = "profile.revenue"


def due_before(pack: Pack, details: BusinessDetails, question: Question | None, *, express: bool) -> tuple[str, ...]:
    """The fields to ask now; none where the question can come. Money comes as late as it can: in an express checkup
    never, else where an area begins in which something turns on it."""
    first = tuple(field for field in FIRST if details.is_open(field))
    if first or express or question is None:
        return first
    turns = question.domain in _domains_of_money(pack.id, pack.version)
    return ("revenue",) if turns and details.is_open("revenue") else ()


@lru_cache(maxsize=32)
def _domains_of_money(pack_id: str, version: str) -> frozenset[str]:
    pack = get_pack(pack_id, version)
    return frozenset(question.domain for question in pack.questions if _REVENUE in refs(question.ask))


def due_before_a_firm(details: BusinessDetails) -> tuple[str, ...]:
    """What a firm must know: whom to compare with its clients, where; and of money what the size class turns on."""
    asked = ("name", *FIRST, *details.turns_on_money, "district")
    return tuple(field for field in asked if details.is_open(field))
