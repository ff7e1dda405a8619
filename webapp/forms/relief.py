"""What owners send when they ask for relief in hardship."""

from collections.abc import Sequence

from billing.hardship.facts import PAPERS, Fact
from billing.hardship.policy import Policy
from billing.hardship.questions import ask, parse_answers
from billing.waivers.application import Claim
from billing.waivers.content import MOST_WORDS
from billing.waivers.evidence import GivenPaper
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import lazy_pick, pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Amount, Prose, Text, refuse
from webapp.forms.files import Files

PAPER_OPTIONS = [(name, lazy_pick(text)) for name, text in PAPERS.items()]


class QuestionsForm(Form):
    """The four questions, whose choices the policy offers, and the price she was quoted (for the preview only)."""

    turnover = Choice(radio=True)
    troubles = Choices()
    struck = Choice(radio=True)
    certificates = Choices()
    fee = Amount(_("有人给您报过价吗？（可以不填）"), hint=_("填了就能看到减了以后付多少，例如 1200"))

    asked: tuple[str, ...] = ()

    def ask(self, policy: Policy) -> None:
        """The questions of this policy; one that it does not need is no field."""
        asked = {one.name: one for one in ask(policy)}
        for number, name in enumerate(asked, 1):
            self[name].label.text = f"{number}. {pick(dict(asked[name].text))}"
            self[name].options = [(value, lazy_pick(dict(words))) for value, words in asked[name].choices]
            self[name].hint = _("可以选几个") if asked[name].is_many else ""
        for name in {"turnover", "troubles", "struck", "certificates"} - asked.keys():
            del self[name]
        self.asked = tuple(asked)

    def facts(self, policy: Policy) -> dict[str, Fact]:
        """Raises: Invalid, every question that is not answered."""
        told = {name: self[name].data for name in self.asked}
        return parse_answers(policy, {name: [one] if isinstance(one, str) else one for name, one in told.items()})


class PapersForm(Form):
    """Papers, all of the kind that was chosen."""

    paper = Choice(_("是什么材料"), options=PAPER_OPTIONS)
    files = Files(_("照片或PDF，最多5个"))

    def papers(self) -> tuple[GivenPaper, ...]:
        return tuple(GivenPaper(self.paper.data or "other", file) for _name, file in self.files.data)


class ApplicationForm(QuestionsForm, PapersForm):
    """The application itself."""

    paper = Choice(_("拍照或选文件，是什么材料"), options=PAPER_OPTIONS)
    files = Files(_("照片或PDF，最多5个"), hint=_("苹果手机的照片也行。照片里的地点会去掉，存的时候加密。"))
    wish = Choice(_("您想要哪一种？（可以不选）"), radio=True)
    declared = Tick(_("我承诺"))
    signed_name = Text(_("签上您的名字"), most=50, autocomplete="name")
    note = Prose(_("还想说的（可以不写）"), most=MOST_WORDS, rows=3)
    agreed = Tick(_("我同意上面这些人看这份申请"), required=True)

    def validate_signed_name(self, field: Text) -> None:
        if self.declared.data and not field.data:
            refuse(field, "required")

    def ask(self, policy: Policy) -> None:
        super().ask(policy)
        self.wish.options = [(one.id, one.id) for one in policy.outcomes]

    def want(self, wanted: Sequence[str]) -> None:
        """Which papers are named on the page: those that the answer wants, and any other."""
        names = dict.fromkeys((*wanted, "other")) if wanted else PAPERS
        self.paper.options = [(name, lazy_pick(PAPERS[name])) for name in names]

    def claim(self, policy: Policy) -> Claim:
        """Raises: Invalid, every question that is not answered."""
        signed = self.signed_name.data if self.declared.data else ""
        return Claim(self.facts(policy), self.papers(), signed, self.wish.data, self.note.data)


class StepForm(PapersForm):
    """What she says, and papers where they were asked for."""

    text = Prose(_("您想说的"), most=MOST_WORDS, rows=3)
