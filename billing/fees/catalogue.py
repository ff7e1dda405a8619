"""The fee catalogue: what is free and what costs how much, by whom, from when. Read whole from YAML; pure.

A catalogue with any fault is refused with all of them, file and line. Prices are dated; what was agreed on a day is
priced by that day.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from billing.books.fee_kinds import FEE_KINDS
from billing.fees.pricing import Rule
from billing.fees.rule_reader import read_rule
from checkup.packs.yaml_reader import Fault, Node, PackFaults, Reader
from tenants.providers.kinds import KINDS

FIRM = "firm"
_SHIPPED = Path(__file__).with_name("cn-shanghai.yaml")


@dataclass(frozen=True)
class ProviderEntry:
    """A body that charges for services; becomes a row of `provider` when the catalogue is brought in."""

    slug: str
    kind: str
    name: dict[str, str]
    district: str | None
    phone: str


@dataclass(frozen=True)
class DatedPrice:
    """A rule and the days on which it holds, both included; `until` None is open."""

    start: dt.date
    until: dt.date | None
    rule: Rule
    source: dict[str, str]

    def holds(self, day: dt.date) -> bool:
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Service:
    """`by`: the slug of a provider, or `firm` for the law firm that did the checkup."""

    id: str
    kind: str
    by: str
    name: dict[str, str]
    prices: tuple[DatedPrice, ...]

    def price_on(self, day: dt.date) -> DatedPrice | None:
        """The price of that day; None when none holds."""
        return next((price for price in self.prices if price.holds(day)), None)


@dataclass(frozen=True)
class FreeOfCharge:
    """What never costs anything, and why."""

    id: str
    name: dict[str, str]
    source: dict[str, str]


@dataclass(frozen=True)
class Catalogue:
    providers: dict[str, ProviderEntry]
    free: tuple[FreeOfCharge, ...]
    services: dict[str, Service]

    def offered_on(self, day: dt.date) -> list[tuple[Service, DatedPrice]]:
        """Every service that has a price on that day."""
        priced = ((service, service.price_on(day)) for service in self.services.values())
        return [(service, price) for service, price in priced if price is not None]


@cache
def get_catalogue(file: Path | None = None) -> Catalogue:
    """An installation's own catalogue, read once; None is the shipped one. Raises: PackFaults."""
    return read_catalogue(file or _SHIPPED)


def read_catalogue(file: Path) -> Catalogue:
    """Raises: PackFaults, with every fault of the file."""
    faults: list[Fault] = []
    reader = Reader(file, faults)
    reader.keys(reader.root, "providers free services", "catalogue")
    providers = [_provider(reader, node) for node in reader.nodes(reader.root, "providers")]
    slugs = {provider.slug for provider in providers}
    free = tuple(
        FreeOfCharge(reader.word(node, "id"), reader.text(node, "name"), reader.text(node, "source"))
        for node in reader.nodes(reader.root, "free")
    )
    services = [_service(reader, node, slugs) for node in reader.nodes(reader.root, "services")]
    _refuse_twice(reader, [provider.slug for provider in providers] + [service.id for service in services])
    if not free:
        reader.fault(reader.root, "free: nothing is free of charge")
    if faults:
        raise PackFaults(faults)
    return Catalogue(
        {provider.slug: provider for provider in providers}, free, {service.id: service for service in services}
    )


def _refuse_twice(reader: Reader, ids: list[str]) -> None:
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        reader.fault(reader.root, f"{one} is given twice")


def _provider(reader: Reader, node: Node) -> ProviderEntry:
    reader.keys(node, "slug kind name district phone", "provider")
    district = reader.word(node, "district") if "district" in node else None
    kind = reader.word(node, "kind", tuple(KINDS))
    return ProviderEntry(
        reader.word(node, "slug"), kind, reader.text(node, "name"), district, reader.word(node, "phone")
    )


def _service(reader: Reader, node: Node, slugs: set[str]) -> Service:
    reader.keys(node, "id kind by name prices", "service")
    by = reader.word(node, "by", (FIRM, *sorted(slugs)))
    prices = sorted((_price(reader, one) for one in reader.nodes(node, "prices")), key=lambda price: price.start)
    if not prices:
        reader.fault(node, "prices: a service without a price")
    for earlier, later in zip(prices, prices[1:], strict=False):
        if earlier.until is None or earlier.until >= later.start:
            reader.fault(node, f"prices: from {later.start} two prices hold at once")
    return Service(
        reader.word(node, "id"),
        reader.word(node, "kind", tuple(FEE_KINDS)),
        by,
        reader.text(node, "name"),
        tuple(prices),
    )


def _price(reader: Reader, node: Node) -> DatedPrice:
    reader.keys(node, "from until source flat per_unit unit brackets least most", "price")
    start, until = reader.date(node, "from"), reader.date(node, "until") if "until" in node else None
    if until is not None and until < start:
        reader.fault(node, f"until {until} is before from {start}")
    return DatedPrice(start, until, read_rule(reader, node), reader.text(node, "source"))
