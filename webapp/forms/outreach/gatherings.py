"""What is sent about gatherings: by whoever makes one, by a firm that speaks, by whoever comes."""

import uuid
from collections.abc import Sequence
from typing import Any

from bureau.gatherings.making import MOST_ABOUT, MOST_NAME, MOST_PLACE, MOST_WHY, Plan
from bureau.gatherings.models import MOST_SEATS, Gathering, Speaker
from bureau.hours.time_spans import Span, show_spans
from checkup.lessons.loading import list_lessons
from checkup.packs.catalogue import PACK, get_pack
from checkup.review.colleagues import Colleague
from tenants.campaigns.models import Campaign
from tenants.clock import city_day
from tenants.districts import DISTRICTS
from tenants.models import Firm, Partner
from webapp.edge.i18n import LOCALES, lazy_pick, own_name
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices
from webapp.forms.fields import Code, Day, Mobile, Prose, Text, WholeNumber, as_uuid, refuse
from webapp.forms.files import Files
from webapp.forms.staff import worded
from webapp.wording.outreach.gathering_words import KINDS

_TIMES = _("比如：14:00-16:00。")


class GatheringForm(Form):
    """What a gathering is. `partner` and `campaign` are asked once, where it is made."""

    kind = Choice(_("讲座还是咨询日"), options=worded(KINDS), radio=True, required=True)
    name = Text(_("叫什么"), hint=_("大家在日历上先看到这一句。"), most=MOST_NAME, required=True)
    topic = Choice(_("讲哪方面"), empty=_("不限"))
    day = Day(_("哪天"), required=True)
    times = Text(_("几点到几点"), hint=_TIMES, required=True)
    district = Choice(_("在哪个区"), required=True)
    place = Text(_("地点"), hint=_("写到能找到门：路、号、楼层。"), most=MOST_PLACE, required=True)
    seats = WholeNumber(_("多少个位子"), least=1, most=MOST_SEATS, required=True)
    about = Prose(_("一两句说明（可以不填）"), most=MOST_ABOUT, rows=2)
    languages = Choices(_("用什么语言讲"), options=list(LOCALES.items()), required=True, default=("zh-Hans",))
    lesson = Choice(_("会后看哪一课"), empty=_("不放"))
    name_en = Text(_("英文名（可以不填）"), most=MOST_NAME)
    about_en = Prose(_("英文说明（可以不填）"), most=MOST_ABOUT, rows=2)
    partner = Choice(_("在哪个合作单位办"), hint=_("它的人也能在门口亮签到码。"), empty=_("不在合作单位"))
    campaign = Choice(
        _("算在哪个专项里"), hint=_("听完去做体检的，算这个专项的；地点要在专项的合作单位。"), empty=_("不算")
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.topic.options = [(domain.id, lazy_pick(domain.name)) for domain in get_pack(PACK).domains]
        self.district.options = [(code, lazy_pick(dict(name))) for code, name in DISTRICTS.items()]
        self.lesson.options = [(one.id, lazy_pick(dict(one.title))) for one in list_lessons(PACK)]

    def offer(self, partners: Sequence[Partner], campaigns: Sequence[Campaign]) -> "GatheringForm":
        self.partner.options = [(str(row.id), own_name(row)) for row in partners]
        self.campaign.options = [(str(row.id), own_name(row)) for row in campaigns]
        return self

    def plan(self) -> Plan:
        return Plan(**{name: self.data[name] for name in Plan.__dataclass_fields__})

    @staticmethod
    def of(row: Gathering) -> dict[str, object]:
        """What the fields hold before anybody typed."""
        held = {name: getattr(row, name) for name in Plan.__dataclass_fields__ if name not in ("day", "times")}
        planned = show_spans((Span(row.begins_at, row.ends_at),))
        return held | {"languages": tuple(row.languages.split()), "day": city_day(row.begins_at), "times": planned}


class AskedFirmsForm(Form):
    """Which firms are asked for lawyers."""

    firms = Choices(_("请哪些律所来讲"))

    def offer(self, rows: Sequence[Firm]) -> "AskedFirmsForm":
        self.firms.options = [(str(row.id), own_name(row)) for row in rows]
        return self

    def wanted(self) -> set[uuid.UUID]:
        return _ids(self.firms)


class SpeakersForm(Form):
    """Who of the firm speaks."""

    speakers = Choices(_("本所谁去讲"))

    def offer(self, rows: Sequence[Colleague]) -> "SpeakersForm":
        self.speakers.options = [(str(one.id), one.name) for one in rows if one.reviews]
        return self

    def wanted(self) -> set[uuid.UUID]:
        return _ids(self.speakers)


class HeldForm(Form):
    """How it was."""

    times = Text(_("实际几点到几点"), hint=_TIMES, required=True)
    came = Choices(_("哪些律师到了"))

    def offer(self, rows: Sequence[Speaker]) -> "HeldForm":
        self.came.options = [(str(one.lawyer_id), one.lawyer_name) for one in rows]
        return self

    def those_who_came(self) -> set[uuid.UUID]:
        return _ids(self.came)


class HandoutForm(Form):
    """The paper that goes with it."""

    paper = Files(_("讲义（PDF或照片）"), least=1, most=1)

    def validate_paper(self, field: Files) -> None:
        """Also of a form that came without any field."""
        if not field.data:
            refuse(field, "required")


def _ids(field: Choices) -> set[uuid.UUID]:
    return {found for one in field.data if (found := as_uuid(one))}


class CallOffForm(Form):
    """Why it is called off."""

    why = Text(_("为什么（大家看得到）"), most=MOST_WHY, required=True)


class PlaceForm(Form):
    """Where to look for gatherings."""

    district = Choice(_("哪个区"), empty=_("全市"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.district.options = [(code, lazy_pick(dict(name))) for code, name in DISTRICTS.items()]


class SeatForm(Form):
    """A seat: nothing is asked but where to send a text, if one is wished."""

    phone = Mobile(_("手机号（可以不填）"), hint=_("只在前一天提醒、改时间、取消时发短信；过后第二天删掉。"))


class DoorForm(Form):
    """The code at the door, typed."""

    code = Code(_("门口的六位码"))
