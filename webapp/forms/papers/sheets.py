"""What helpers send about sheets of paper: how many to print, the code of one, and what stands on it."""

import datetime as dt
from collections.abc import Container, Mapping
from typing import Any, ClassVar, TypeVar, cast

from wtforms import Field

from checkup.assisting.assist_rules import FINDINGS, LIGHT
from checkup.assisting.paper_rules import ABOUT, FORM, STAFF, TRADE, questions_of
from checkup.packs.answers import UNSURE, InvalidAnswer, Value, parse_value
from checkup.packs.values import Pack, Question
from tenants.business_details import FORMS, MOST_STAFF
from tenants.clock import city_day, now
from tenants.errors import FieldFault
from tenants.sizes import TRADES
from tenants.stations.sheet_rules import MOST_COPIES
from webapp.edge.i18n import LOCALES, lazy_pick
from webapp.edge.i18n import lazy_gettext as _
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Code, Day, Text, WholeNumber

BLANK = _("（纸上空着）")
UNSURE_WORDS = _("不清楚 / 不想说")
# Beside a field that is written into; and the choice that says the same.
_UNSURE_BOX, _BLANK_BOX, _BLANK_ID = "-unsure", "-blank", "blank"


class PrintForm(Form):
    """How many sheets, in which language."""

    copies = WholeNumber(_("印几份（每份一个码）"), least=1, most=MOST_COPIES, required=True)
    language = Choice(
        _("哪种文字"),
        options=tuple((one, LOCALES[one]) for one in ("zh-Hans", "en")),
        radio=True,
        required=True,
        default="zh-Hans",
    )


class SheetCodeForm(Form):
    """The code of a sheet that came back."""

    code = Code(_("纸上的码（8位）"), required=True)


class SheetForm(Form):
    """What stands on a sheet; `sheet_form` adds its questions."""

    asks: ClassVar[Mapping[str, Question]] = {}

    def list_keys(self) -> list[str]:
        """What this form asks, in its order."""
        return [one.name for one in self if one.name in ABOUT or one.name in self.asks]

    def boxes_of(self, key: str) -> list[Field]:
        """The boxes beside a field that is written into: "not sure", and while settling "blank"."""
        return [self[f"{key}{box}"] for box in (_UNSURE_BOX, _BLANK_BOX) if f"{key}{box}" in self]

    def validate(self, *given: Any, **named: Any) -> bool:
        """Each answer is read as its question reads it."""
        is_right = bool(super().validate(*given, **named))
        for key in self.list_keys():
            try:
                self._read(key)
            except InvalidAnswer as invalid:
                self.refuse(FieldFault(key, invalid.code, invalid.params))
                is_right = False
        return is_right

    def typed(self) -> dict[str, Value]:
        """What the sheet says; what it leaves blank is not in it."""
        read = {key: self._read(key) for key in self.list_keys()}
        return {key: value for key, value in read.items() if value is not None}

    def _read(self, key: str) -> Value | None:
        """Raises: InvalidAnswer."""
        field = self[key]
        if field.data in (None, "", (), _BLANK_ID) or _BLANK_ID in _several(field.data):
            return UNSURE if self._is_ticked(key, _UNSURE_BOX) else None
        if key not in self.asks:
            return cast(Value, field.data)
        data = field.data.isoformat() if isinstance(field.data, dt.date) else field.data
        return None if field.errors else parse_value(self.asks[key], list(data) if isinstance(data, tuple) else data)

    def _is_ticked(self, key: str, box: str) -> bool:
        return f"{key}{box}" in self and bool(self[f"{key}{box}"].data)


class FirstSheetForm(SheetForm):
    """The same at the first typing, with her signature."""

    signed = Tick(_("第一页有她本人的签名和日期，我看过了"), required=True)
    signed_on = Day(_("她签字的日期"), required=True)
    findings = Tick(_("她勾了“查出什么，也让专员看”"))

    def check_day(self, printed_on: dt.date) -> bool:
        """Whether she signed between the day of printing and today; else the fault hangs on the field."""
        day, today = self.signed_on.data, city_day(now())
        if printed_on <= day <= today:
            return True
        self.refuse(FieldFault("signed_on", "date_out_of_range", {"least": printed_on, "most": today}))
        return False

    @property
    def shows(self) -> str:
        return FINDINGS if self.findings.data else LIGHT


class SettleForm(SheetForm):
    """What the two typings have not alike, as the paper says it: nothing is chosen before the helper has looked."""

    def ask(self, keys: Container[str]) -> None:
        """These alone."""
        for key in self.list_keys():
            for one in () if key in keys else (self[key], *self.boxes_of(key)):
                del self[one.name]

    def validate(self, *given: Any, **named: Any) -> bool:
        is_right = super().validate(*given, **named)
        for key in self.list_keys():
            is_empty = self[key].data in (None, "", ()) and not any(box.data for box in self.boxes_of(key))
            if is_empty and not self[key].errors:
                self.refuse(FieldFault(key, "required"))
                is_right = False
        return is_right


_Kind = TypeVar("_Kind", bound=SheetForm)


def sheet_form(kind: type[_Kind], pack: Pack) -> type[_Kind]:
    """The form of this kind with the questions of the sheet, numbered as they are printed."""
    if (kind, pack.hash) not in _MADE:
        _MADE[kind, pack.hash] = _form_of(kind, pack)
    return cast("type[_Kind]", _MADE[kind, pack.hash])


_MADE: dict[tuple[type[SheetForm], str], type[SheetForm]] = {}


def _form_of(kind: type[SheetForm], pack: Pack) -> type[SheetForm]:
    asked, settles = questions_of(pack), issubclass(kind, SettleForm)
    fields: dict[str, object] = {
        TRADE: Choice(
            _("A　主要做什么生意"),
            options=[(id_, lazy_pick(dict(trade.name))) for id_, trade in TRADES.items()],
            empty=_("请选择"),
            hint=_("纸上空着、勾了几个，问清楚再选她最主要的一样。"),
            required=True,
        ),
        FORM: _one(_("B　怎么登记的"), [(id_, lazy_pick(name)) for id_, name in FORMS.items()], settles),
        STAFF: WholeNumber(_("C　除了她自己几个人"), most=MOST_STAFF),
    }
    if settles:
        fields[f"{STAFF}{_BLANK_BOX}"] = Tick(BLANK)
    for number, question in enumerate(asked, 1):
        fields |= _fields_of(question, number, settles)
    return type(kind.__name__, (kind,), {**fields, "asks": {question.id: question for question in asked}})


def _one(label: object, options: list[tuple[str, Any]], settles: bool) -> Choice:
    """A blank lies ready at a typing; while settling it is chosen like anything else."""
    if settles:
        return Choice(label, options=[*options, (_BLANK_ID, BLANK)], radio=True, required=True)
    return Choice(label, options=options, radio=True, empty=BLANK)


def _fields_of(question: Question, number: int, settles: bool) -> dict[str, object]:
    """One field, and its boxes where it is written into."""
    label = lazy_pick({language: f"{number}　{text}" for language, text in question.text.items()})
    options = [(option.id, lazy_pick(dict(option.text))) for option in question.options]
    if question.kind == "yes_no":
        options = [("yes", _("是")), ("no", _("不是"))]
    options.append((UNSURE, UNSURE_WORDS))
    if question.kind == "many":
        blank = [(_BLANK_ID, BLANK)] if settles else []
        return {question.id: Choices(label, options=[*options, *blank], required=settles)}
    if question.kind not in ("date", "number"):
        return {question.id: _one(label, options, settles)}
    written = Day(label) if question.kind == "date" else Text(label, inputmode="decimal")
    boxes = {f"{question.id}{_UNSURE_BOX}": Tick(UNSURE_WORDS)}
    return {question.id: written, **boxes, **({f"{question.id}{_BLANK_BOX}": Tick(BLANK)} if settles else {})}


def _several(data: object) -> tuple[object, ...]:
    return data if isinstance(data, tuple) else ()
