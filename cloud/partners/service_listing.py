"""The service listing that the enterprise service cloud shows: what each firm offers and how long one waits."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from checkup.owner.open_firms import list_open_firms

OFFERS = ("checkup", "advice", "fixes")
SERVICE = "法治体检"
SERVICE_EN = "Legal health checkup"


@dataclass(frozen=True)
class Service:
    """One firm's free checkup. `waiting_days` as the firm states it; None where it does not."""

    slug: str
    firm: str
    firm_en: str
    district: str
    languages: tuple[str, ...]
    phone: str
    hours: str
    waiting_days: int | None
    service: str = SERVICE
    service_en: str = SERVICE_EN
    offers: tuple[str, ...] = OFFERS
    price_fen: int = 0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def list_services(session: Session) -> list[Service]:
    """Every firm that an owner may go to now, by name, under Scope(PUBLIC)."""
    return [
        Service(
            slug=firm.slug,
            firm=firm.name,
            firm_en=firm.name_en,
            district=firm.district,
            languages=tuple(firm.languages.split()),
            phone=firm.phone,
            hours=firm.hours,
            waiting_days=firm.waiting_days,
        )
        for firm in list_open_firms(session)
    ]
