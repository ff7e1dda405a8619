"""What a lawyer sends from the page of a case: decisions, texts, questions, advice, reasons for a signature's way."""

import uuid
from decimal import Decimal

from checkup.correspondence.messages import MOST_TEXT as MOST_QUESTION
from checkup.signoff.content import Words
from checkup.signoff.rules import MOST_TEXT
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Tick
from webapp.forms.fields import Hidden, Number, Prose, Text
from webapp.forms.staff import OneForm, Version


class DecisionForm(Form):
    """On one finding: how likely it is, why, and what is written about it."""

    version = Version()
    action = Hidden()
    insert = Hidden()
    percent = Number(_("可能性 %"))
    reason = Text(_("理由"), most=MOST_TEXT)
    plain = Prose(_("大白话，给业主看"), most=MOST_TEXT, rows=2)
    text = Prose(_("专业意见"), most=MOST_TEXT, rows=2)

    def words(self) -> Words:
        return Words(self.reason.data, self.text.data, self.plain.data)

    def likelihood(self) -> float | None:
        """0 to 1; None where nothing was typed."""
        typed: Decimal | None = self.percent.data
        return None if typed is None else float(typed) / 100

    @property
    def block_id(self) -> uuid.UUID | None:
        return self.insert.row_id


class AskForm(Form):
    """One question to the owner about a finding."""

    question = Prose(_("问一句，业主用大白话答；回答前时钟停着"), most=MOST_QUESTION, rows=2)


class AdviceForm(Form):
    """What the owner is to do first, for the whole report."""

    version = Version()
    advice = Prose(_("用大白话写，先做什么"), most=MOST_TEXT, rows=5)


class MinorForm(Form):
    """The minor findings at once; `but` names those in which something stands that is not saved yet."""

    version = Version()
    but = Hidden()

    def left_out(self) -> list[str]:
        return (self.but.data or "").split()


class WhyForm(Form):
    """Why a report goes back to its lawyer, or why a signed one is corrected."""

    version = Version()
    why = Prose("", most=MOST_TEXT, rows=3)


class SignForm(Form):
    """A signature; with open questions to the owner only when that is said."""

    version = Version()
    even_open = Tick(_("不等回答了，照样签"))


class ReviewForms:
    """The forms of the page: the one that was sent with what was typed, all others with what is held."""

    def __init__(self, sent: Form | None = None) -> None:
        self.sent = sent

    def decision(self, risk: str, **held: str) -> DecisionForm:
        return self._form(DecisionForm, risk, held)

    def ask(self, risk: str) -> AskForm:
        return self._form(AskForm, risk, {})

    def advice(self, held: str) -> AdviceForm:
        return self._form(AdviceForm, "", {"advice": held})

    def why(self) -> WhyForm:
        return self._form(WhyForm, "", {})

    def sign(self) -> SignForm:
        return self._form(SignForm, "", {})

    def is_refused(self, risk: str) -> bool:
        return self.sent is not None and self.sent.at == risk

    def _form(self, make: type[OneForm], at: str, held: dict[str, str]) -> OneForm:
        if isinstance(self.sent, make) and self.is_refused(at):
            return self.sent
        return make(formdata=None, at=at, data=held)
