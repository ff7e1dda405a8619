"""What those who run a firm send: its face, people, plan, money, lists and rosters."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterable, Sequence

from billing.fees.plans import MOST_SEATS, PLANS
from billing.waivers.content import MOST_WORDS
from bureau.hours.moves import MOST_WHY
from checkup.conflicts.firm_list import MOST_MATTER, MOST_NAME
from checkup.desk.roster import PLACES
from checkup.review.colleagues import Colleague
from tenants.firms import profile
from tenants.firms.profile import Face
from tenants.models import DRAFT_DAYS, REVISIT_MONTHS
from tenants.typed.identifiers import credit_code
from tenants.uploads import CheckedFile, check_logo
from webapp.edge.i18n import LOCALES
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices
from webapp.forms.fields import Amount, Code, Email, Hidden, Phone, Prose, Text, WholeNumber, refuse
from webapp.forms.files import PICTURES, Files
from webapp.forms.staff import StepForm, Table, Version, worded
from webapp.wording.codes import ROLES
from webapp.wording.queue_names import SIDES

INVITED = ("lawyer", "partner", "firm_admin")


class EntryForm(StepForm):
    """A decision of the firm on an entry of hours."""

    why = Text(_("问题或理由"), most=MOST_WHY)


class RefundForm(Form):
    """How much of an invoice goes back."""

    amount = Amount(_("退多少（元）"), required=True)


class SubscribeForm(Form):
    """Which plan, for how many people."""

    plan = Choice(
        _("套餐"), options=[(one.id, one.id) for one in PLANS.values() if one.price], radio=True, required=True
    )
    seats = WholeNumber(_("几个人用"), least=1, most=MOST_SEATS, required=True)

    def validate_seats(self, field: WholeNumber) -> None:
        plan = PLANS.get(self.plan.data)
        most = (plan.most_seats if plan else None) or MOST_SEATS
        if field.data is not None and field.data > most:
            refuse(field, "seats_out_of_range", most=most)


class InviteForm(Form):
    """Somebody new in the firm."""

    email = Email(_("邮箱"), required=True)
    role = Choice(_("职务"), options=worded({one: ROLES[one] for one in INVITED}), required=True)


class LeaveForm(Form):
    """Somebody leaves: who takes over; `cases` is how many the page showed in her hands."""

    cases = WholeNumber(most=10**6)
    heir = Choice(_("手上的体检转给谁"), empty=_("放回待领取，请有空的律师接"))

    def offer(self, people: Iterable[Colleague], leaver_id: uuid.UUID) -> "LeaveForm":
        self.heir.options = [(str(one.id), one.name) for one in people if one.reviews and one.id != leaver_id]
        return self


class ReassignForm(Form):
    """Who is asked to take a case; nobody: it waits in the pool."""

    version = Version()
    to = Choice(_("转给谁"), empty=_("放回待领取，请有空的律师接"))

    def offer(self, people: Iterable[Colleague], holder_id: uuid.UUID | None) -> "ReassignForm":
        self.to.options = [(str(one.id), one.name) for one in people if one.reviews and one.id != holder_id]
        return self


class JuniorForm(Form):
    """Whether a partner signs after this lawyer."""

    junior = Hidden()


class AdviceForm(Form):
    """What the firm knows about an application, or asks its owner."""

    version = Version()
    text = Prose(_("您知道的情况；或者要问业主的话"), hint=_("业主和司法局都看得到。"), most=MOST_WORDS, rows=4)


class PartyForm(Form):
    """One whom the firm acts for or against."""

    name = Text(_("名字"), most=MOST_NAME, required=True)
    side = Choice(_("是谁"), options=worded(SIDES), radio=True, required=True)
    credit_code = Code(_("信用代码（可以不填）"), reader=credit_code)
    matter = Text(_("案号（可以不填）"), most=MOST_MATTER)


class PartyTableForm(Form):
    """Many of them at once."""

    table = Table(_("文件"), accept=".xlsx,.csv,.tsv,.txt,text/csv")


class SearchForm(Form):
    """A name to look for, in whatever writing."""

    q = Text(_("找名字（简称、拼音、繁体都行）"), most=100)


class RosterForm(Form):
    """Who is on call on each of the days: a field for every place (`cell`)."""

    fill = Hidden()

    @staticmethod
    def cell(day: dt.date, place: int) -> str:
        return f"{day}-{place}"


def roster_form(days: Iterable[dt.date], people: Collection[Colleague]) -> type[RosterForm]:
    """The form for these days; who is no colleague cannot be chosen."""
    cells = [RosterForm.cell(day, place) for day in days for place in PLACES]
    options = [(str(one.id), one.name) for one in people]
    return type("RosterForm", (RosterForm,), {cell: Choice(cell, options=options, empty="–") for cell in cells})


def _days(label: object, usual: int, hint: object = "") -> WholeNumber:
    return WholeNumber(label, hint=hint, least=1, most=profile.MOST_DAYS, default=usual)


class FaceForm(Form):
    """What owners see of a firm, and within how many working days it does what."""

    slug = Text(_("网址里的名字（小写字母、数字）"), most=40, required=True)
    intro = Text(_("欢迎的话"), most=300)
    intro_en = Text(_("欢迎的话（英文）"), most=300)
    phone = Phone(_("联系电话"))
    address = Text(_("办公地址"), hint=_("印在报告的抬头上。"), most=120)
    hours = Text(_("什么时候上班"), hint=_("比如：周一到周五 9:00–18:00。"), most=80)
    waiting_days = WholeNumber(_("现在复核要等几天"), most=profile.MOST_WAITING)
    keep_days = WholeNumber(
        _("没做完的体检，放多少天没动就删"),
        hint=_("30到730天。"),
        least=profile.LEAST_KEEP,
        most=profile.MOST_KEEP,
        default=DRAFT_DAYS,
    )
    revisit_months = WholeNumber(
        _("签发后过几个月，请店主再查一次"),
        hint=_("1到24个月。"),
        least=1,
        most=profile.MOST_MONTHS,
        default=REVISIT_MONTHS,
    )
    take_days = _days(_("交了体检，几天内有律师接手"), 3)
    review_days = _days(_("接手后，几天内看完"), 5, _("问业主的时候停着不算。"))
    reply_days = _days(_("业主来消息，几天内回"), 2)
    answer_days = _days(_("请业主几天内回答"), 5)
    colour = Text(_("颜色，例如 #17493d"), hint=_("要深一点，白字在上面才看得清。"), most=7, required=True)
    languages = Choices(
        _("能用哪些语言服务"), options=[(one, LOCALES[one]) for one in profile.LANGUAGES], required=True
    )
    logo = Files(_("标志（图片）"), most=1, accept=PICTURES, check=check_logo)

    def validate_slug(self, field: Text) -> None:
        field.data = field.data.lower()
        if not profile.is_slug(field.data):
            refuse(field, "not_a_slug")

    def validate_colour(self, field: Text) -> None:
        field.data = field.data.lower()
        if not re.fullmatch(r"#[0-9a-f]{6}", field.data):
            refuse(field, "not_a_colour")
        if profile.contrast(field.data) < profile.LEAST_CONTRAST:
            refuse(field, "pale_colour")

    def face(self) -> Face:
        """What is left out stays as firms usually have it."""
        usual = {name: field.default for name, field in self._fields.items()}
        said = {name: usual[name] if value is None else value for name, value in self.data.items()}
        given = {name: said[name] for name in Face.__dataclass_fields__}
        return Face(**given | {"languages": " ".join(self.languages.data)})

    def picture(self) -> CheckedFile | None:
        files: Sequence[tuple[str, CheckedFile]] = self.logo.data
        return files[0][1] if files else None
