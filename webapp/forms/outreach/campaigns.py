"""What is sent about campaigns: by the bureau that makes one, by whoever holds a code."""

import uuid
from collections.abc import Sequence
from typing import Any

from checkup.packs.catalogue import PACK, get_pack
from tenants.campaigns.links import MOST_CAP, MOST_PLACE
from tenants.campaigns.making import MOST_BUDGET, MOST_NAME, MOST_PURPOSE, MOST_QUOTA, MOST_WHY, Plan
from tenants.campaigns.models import Campaign
from tenants.models import Firm, Partner
from webapp.edge.i18n import LOCALES, lazy_pick, own_name
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices
from webapp.forms.fields import Code, Day, Prose, Text, WholeNumber, as_uuid


class CodeForm(Form):
    """The code of a poster, typed."""

    code = Code(_("六位的码"), hint=_("海报、桌卡上二维码下面的那一行。"))


class PlanForm(Form):
    """What a campaign is."""

    name = Text(_("叫什么"), hint=_("海报上最大的字，比如：电商直播专项。"), most=MOST_NAME, required=True)
    name_en = Text(_("英文名（可以不填）"), most=MOST_NAME)
    purpose = Prose(
        _("为了什么，一句话"), hint=_("店主在海报和网页上看得到。"), most=MOST_PURPOSE, rows=2, required=True
    )
    purpose_en = Prose(_("英文的一句话（可以不填）"), most=MOST_PURPOSE, rows=2)
    begins_on = Day(_("哪天开始"), required=True)
    ends_on = Day(_("最后一天"), required=True)
    focus = Choice(_("先问哪方面"), empty=_("照常"))
    languages = Choices(_("海报用哪些语言"), options=list(LOCALES.items()), required=True, default=("zh-Hans",))
    budget = WholeNumber(_("免费复核一共多少次（不填：不限）"), most=MOST_BUDGET)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.focus.options = [(domain.id, lazy_pick(domain.name)) for domain in get_pack(PACK).domains]

    def plan(self) -> Plan:
        said = {name: self.data[name] for name in Plan.__dataclass_fields__}
        return Plan(**said | {"budget": said["budget"] or 0})

    @staticmethod
    def of(row: Campaign) -> dict[str, object]:
        """What the fields hold before anybody typed."""
        held = {name: getattr(row, name) for name in Plan.__dataclass_fields__}
        return held | {"languages": tuple(row.languages.split()), "budget": row.budget or None}


class PartnersForm(Form):
    """Who takes part."""

    partners = Choices(_("哪些合作单位"))

    def offer(self, rows: Sequence[Partner]) -> "PartnersForm":
        self.partners.options = [(str(row.id), own_name(row)) for row in rows]
        return self

    def wanted(self) -> set[uuid.UUID]:
        return {found for one in self.partners.data if (found := as_uuid(one))}


class FirmsForm(Form):
    """Which firms read for it, and how many owners each takes."""

    firms = Choices(_("哪些律所来看"))
    quota = WholeNumber(_("每家最多接几位店主"), least=1, most=MOST_QUOTA, required=True)

    def offer(self, rows: Sequence[Firm]) -> "FirmsForm":
        self.firms.options = [(str(row.id), own_name(row)) for row in rows]
        return self

    def quotas(self) -> dict[uuid.UUID, int]:
        return {found: self.quota.data for one in self.firms.data if (found := as_uuid(one))}


class PlaceForm(Form):
    """One more place."""

    place = Text(_("放在哪里"), hint=_("比如：一楼大厅。"), most=MOST_PLACE, required=True)


class LinkForm(PlaceForm):
    """One more place, of one partner."""

    partner = Choice(_("哪个单位"), required=True)
    cap = WholeNumber(_("最多几位能用（不填：不限；1：只能用一次）"), least=1, most=MOST_CAP)

    def offer(self, rows: Sequence[Partner]) -> "LinkForm":
        self.partner.options = [(str(row.id), own_name(row)) for row in rows]
        return self


class CampaignStepForm(Form):
    """Why a campaign ends."""

    why = Text(_("为什么（提前结束要写）"), most=MOST_WHY)
