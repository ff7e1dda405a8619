"""What is sent about bodies, referrals, legal aid, mediations: by bureau, body, owner, either side, whoever looks."""

import datetime as dt
from collections.abc import Iterable

from checkup.aid.values import INCOMES, Aid, Terms, Told
from checkup.consultations.answering import MOST_ANSWER
from checkup.consultations.asking import MOST_QUESTION
from checkup.correspondence.attachments import ShownFile
from checkup.mediation import asking
from checkup.mediation.agreement import MOST_NAME as MOST_SIGNER
from checkup.mediation.agreement import MOST_POINTS
from checkup.mediation.steps import MOST_PLACE, Meeting
from checkup.mediation.talking import MOST_OFFER
from checkup.packs.catalogue import PACK, get_pack
from checkup.referrals.drafting import MOST_SENT, Wish
from checkup.referrals.drafting import MOST_WORDS as MOST_WISH
from checkup.referrals.moving import MOST_WORDS
from checkup.referrals.packets import CONTACT, FILES, MATTER
from checkup.referrals.ratings import Given
from tenants.clock import CITY
from tenants.login.bodies import PROVIDERS
from tenants.models import Provider
from tenants.providers.admission import MOST_WHY
from tenants.providers.facts import MOST_CAPACITY, MOST_LINE, MOST_NAME, MOST_WAITING, OwnWords, Standing
from tenants.providers.kinds import CALLINGS, KINDS, SERVICES, SERVICES_OF
from tenants.providers.models import ProviderPerson
from tenants.typed.codes import DIGITS
from webapp.edge.i18n import LOCALES, lazy_pick
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.about import PLACES
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Code, Day, Email, Hidden, Phone, Prose, Text, WholeNumber, as_uuid
from webapp.forms.files import Files
from webapp.forms.owner import MARKS
from webapp.forms.staff import worded
from webapp.wording import codes
from webapp.wording.provider_words import AID_SIDES, OUTCOMES, REASONS, income_words

_MOST_STORY = MOST_WISH - 200  # the matter and its limit stand before it
_LANGUAGES = list(LOCALES.items())
_WHOLE_CITY = _("全市")
_HOURS = [(f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}") for hour in range(8, 21) for minute in (0, 30)]


def services_of(kind: str) -> list[tuple[str, object]]:
    return [(one, lazy_pick(dict(SERVICES[one]))) for one in SERVICES_OF[kind]]


class WordsForm(Form):
    """What a body says of itself."""

    services = Choices(_("能办什么"), required=True)
    phone = Phone(_("电话"), required=True)
    email = Email(_("邮箱"), hint=_("没有人登录的时候，转介的信发到这里。"))
    address = Text(_("地址"), most=MOST_LINE)
    hours = Text(_("什么时候上班"), hint=_("比如：周一到周五 9:00–17:00。"), most=MOST_LINE)
    waiting_days = WholeNumber(_("现在要等几个工作日"), most=MOST_WAITING)
    capacity = WholeNumber(_("同时最多办几件（0：不限）"), most=MOST_CAPACITY)
    languages = Choices(_("能用哪些语言"), options=_LANGUAGES, required=True, default=("zh-Hans",))
    serves = Choices(_("只办这些区的（都不勾：全市）"), options=PLACES)

    def offer(self, kind: str, row: Provider | None = None) -> "WordsForm":
        self.services.options = services_of(kind)
        return self

    def words(self) -> OwnWords:
        said = {name: self.data[name] for name in OwnWords.__dataclass_fields__}
        return OwnWords(**said | {"capacity": said["capacity"] or 0})

    @staticmethod
    def of(row: Provider) -> dict[str, object]:
        """What the fields hold before anybody typed."""
        listed = {name: tuple(getattr(row, name).split()) for name in ("services", "languages", "serves")}
        return {name: getattr(row, name) for name in OwnWords.__dataclass_fields__} | listed


class ProviderForm(WordsForm):
    """What its bureau says of a body as well."""

    name = Text(_("名称"), most=MOST_NAME, required=True)
    name_en = Text(_("英文名称（可以不填）"), most=MOST_NAME)
    district = Choice(_("在哪个区"), options=PLACES, empty=_WHOLE_CITY)
    takes_certificates = Tick(_("凭减免证明少收或不收（列入减费名册）"))

    def standing(self) -> Standing:
        name = self.name.data
        return Standing(name, self.name_en.data or name, self.district.data, self.takes_certificates.data)

    @staticmethod
    def of(row: Provider) -> dict[str, object]:
        mine = ("name", "name_en", "takes_certificates")
        return WordsForm.of(row) | {one: getattr(row, one) for one in mine} | {"district": row.district or ""}


class DecideProviderForm(Form):
    """Why a body is admitted, rests or goes."""

    why = Text(_("理由（机构看得到）"), most=MOST_WHY)


class InviteOfficerForm(Form):
    """Somebody who is to work with referrals at a body."""

    email = Email(_("邮箱"), required=True)
    role = Choice(_("职务"), options=worded({one: codes.ROLES[one] for one in PROVIDERS.roles}), required=True)


class ProviderPersonForm(Form):
    """Somebody whom owners may be given."""

    name = Text(_("姓名"), most=MOST_NAME, required=True)
    calling = Choice(
        _("是什么人"), options=[(one, lazy_pick(dict(said))) for one, said in CALLINGS.items()], required=True
    )
    services = Choices(_("擅长"))
    languages = Choices(_("能用哪些语言"), options=_LANGUAGES, default=("zh-Hans",))
    disclosure = Prose(
        _("要先说明的"),
        hint=_("在哪里任过职、和哪些企业有关系。店主选以前看得到；没有就不写。"),
        most=MOST_LINE,
        rows=2,
    )

    def offer(self, kind: str) -> "ProviderPersonForm":
        self.services.options = services_of(kind)
        return self


class FindProviderForm(Form):
    """Which bodies to list."""

    kind = Choice(_("要办什么"), options=[(one, lazy_pick(dict(said))) for one, said in KINDS.items()], empty=_("都看"))
    district = Choice(_("在哪个区"), options=PLACES, empty=_WHOLE_CITY)


class PacketForm(Form):
    """What an owner lets go to a body."""

    level = Choice(
        _("给他们看多少"),
        options=((MATTER, _("只说事情")), (CONTACT, _("加上名字和电话")), (FILES, _("再加上文件"))),
        radio=True,
        required=True,
        default=CONTACT,
    )
    words = Prose(_("您想办成什么（可以不写）"), most=MOST_WISH, rows=3)
    person = Text(_("找谁"), most=MOST_NAME)
    phone = Phone(_("打哪个号码"), autocomplete="tel")
    picked = Choices(_("给过律师的文件，带上哪些"))
    given = Files(_("再选文件"), most=MOST_SENT)

    def offer(self, files: Iterable[ShownFile]) -> "PacketForm":
        self.picked.options = [(str(one.id), one.name) for one in files]
        return self

    def wish(self) -> Wish:
        """The files go along at their level alone."""
        takes = self.level.data == FILES
        picked = tuple(found for one in self.picked.data if (found := as_uuid(one))) if takes else ()
        given = tuple(self.given.data) if takes else ()
        return Wish(self.level.data, self.words.data, self.person.data, self.phone.data, picked, given)


class WordsToBodyForm(Form):
    """The owner answers what a body asked."""

    words = Prose(_("您的回答"), most=MOST_WORDS, rows=4, required=True)


class ReferralStepForm(Form):
    """A step of a body, by the button that was pressed."""

    step = Hidden()
    words = Prose(_("写给店主"), most=MOST_WORDS, rows=4)
    reason = Choice(_("为什么不办"), options=worded(REASONS), empty=_("请选"))
    outcome = Choice(_("办得怎么样"), options=worded(OUTCOMES), empty=_("请选"))

    @property
    def code(self) -> str:
        """Why it is declined, or the outcome, as the step asks for."""
        return str({"decline": self.reason.data, "close": self.outcome.data}.get(self.step.data, ""))


class BodyRatingForm(Form):
    """Two short questions about a body, when a matter there has ended."""

    helped = Choice(_("帮上忙了吗？"), options=MARKS, radio=True, required=True)
    kind = Choice(_("态度好吗？"), options=MARKS, radio=True, required=True)

    def given(self) -> Given:
        return Given(int(self.helped.data), int(self.kind.data))


class AskForm(Form):
    """Whom to invite, and what they are told."""

    other = Text(_("对方叫什么（店名、公司名或人名）"), most=asking.MOST_NAME, required=True)
    words = Prose(
        _("对方会看到的话"),
        hint=_("说清哪件事、想怎么谈。对方还会看到您的店名；您的体检、回答和报告，对方都看不到。"),
        most=asking.MOST_TOLD,
        rows=4,
        required=True,
    )

    def wish(self) -> asking.Wish:
        return asking.Wish(self.other.data, self.words.data)


class CodeForm(Form):
    """The code with which a link opens."""

    code = Code(_("6位代码"), hint=_("问给您这个链接的调解机构。"), alphabet=DIGITS, required=True)


class TalkForm(Form):
    """A step of either side, by the button that was pressed."""

    step = Hidden()
    words = Prose(_("为什么"), most=MOST_WORDS, rows=2)
    offer = Prose(
        _("您能接受的方案"), hint=_("两边都放了、都同意打开，才一起打开；那以前谁也看不到。"), most=MOST_OFFER, rows=3
    )
    files = Files(_("选文件"), most=3)
    shared = Tick(_("给对方也看"))
    name = Text(_("签名（写您的姓名）"), most=MOST_SIGNER)
    code = Code(_("签字的6位代码"), hint=_("问调解员要，只给您一个人。"), alphabet=DIGITS)


class AskLawyerForm(Form):
    """A question about somebody else's case, without names."""

    topic = Choice(_("哪方面"), empty=_("请选"), required=True)
    question = Prose(
        _("您的问题"),
        hint=_("只写事情：谁和谁是什么关系、发生了什么、想知道什么。不写名字、电话、店名。"),
        most=MOST_QUESTION,
        rows=5,
        required=True,
    )

    def offer(self) -> "AskLawyerForm":
        self.topic.options = [(one.id, lazy_pick(dict(one.name))) for one in get_pack(PACK).domains]
        return self


class AnswerLawyerForm(Form):
    """The answer, and whether a lesson could be made of it."""

    answer = Prose(_("您的回答"), most=MOST_ANSWER, rows=5, required=True)
    is_lesson = Tick(_("可以做成一课，给别的店主看"))


class BodyTalkForm(Form):
    """A step of the body, by the button that was pressed."""

    step = Hidden()
    mediator = Choice(_("调解员"), empty=_("请选"))
    disclosure = Prose(
        _("和两边有什么关系"),
        hint=_("认识、亲戚、同过事、帮过其中一方，都写；没有就不写。两边都看得到，都同意才能开始。"),
        most=MOST_WORDS,
        rows=2,
    )
    day = Day(_("哪天"))
    hour = Choice(_("几点"), options=_HOURS, default="10:00")
    place = Text(_("在哪里（房间，或者视频会议的网址）"), most=MOST_PLACE)
    points = Prose(_("协议写什么（一行一条：谁、哪天前、做什么、多少钱）"), most=MOST_POINTS, rows=6)
    words = Prose(_("为什么没谈成"), most=MOST_WORDS, rows=2)

    def offer(self, people: Iterable[ProviderPerson]) -> "BodyTalkForm":
        self.mediator.options = [(str(one.id), one.name) for one in people]
        return self

    def meeting(self) -> Meeting:
        if self.day.data is None or not self.hour.data:
            return Meeting(None, self.place.data)
        at = dt.datetime.combine(self.day.data, dt.time.fromisoformat(self.hour.data), CITY)
        return Meeting(at.astimezone(dt.UTC), self.place.data)


class AidForm(Form):
    """What it is about, which side she is on, what her household has, and what runs."""

    matter = Choice(_("什么事？"), empty=_("请选"), required=True)
    side = Choice(_("您是哪一边？"), options=worded(AID_SIDES), radio=True, required=True)
    income = Choice(
        _("您家里，平均每人每月有多少钱？"),
        hint=_("全家一个月的收入，除以人数；店里的收入扣掉成本再算。"),
        empty=_("请选"),
        required=True,
    )
    limit = Day(_("最晚哪一天要办？"), hint=_("信、传票、通知上写的最后一天；没有就空着。"))

    def offer(self, aid: Aid, terms: Terms) -> "AidForm":
        self.matter.options = [(one.id, lazy_pick(dict(one.title))) for one in aid.matters]
        self.income.options = [(one, income_words(terms, one)) for one in INCOMES]
        return self

    def told(self, aid: Aid) -> Told:
        matter = next(one for one in aid.matters if one.id == self.matter.data)
        return Told(matter, self.side.data, self.income.data, self.limit.data)


class AidApplicationForm(AidForm):
    """The four answers carried along, whom the centre calls, and the story in her words."""

    person = Text(_("您的姓名"), most=MOST_NAME, required=True)
    phone = Phone(_("您的电话"), autocomplete="tel", required=True)
    words = Prose(_("怎么回事（可以不写）"), hint=_("谁、什么时候、多少钱。"), most=_MOST_STORY, rows=3)
    body = Hidden()
