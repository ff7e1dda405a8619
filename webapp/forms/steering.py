"""What officers of a bureau set for others to go by: parameters, goals, categories, indicators, lots, emergencies."""

import re
from typing import Any

from flask_babel.speaklater import LazyString

from bureau.dashboard import goal_rules
from bureau.dashboard.goal_rules import MOST_VALUE, MOST_YEARS_AHEAD, Proposed
from bureau.hours.rule_book import MOST_NAME, is_category_code
from bureau.hours.rules import WEIGHTS
from bureau.oversight.purchases import MOST_PRICE, MOST_TEXT, MOST_UNITS, Offer
from bureau.parameters import rules
from bureau.parameters.emergencies import MOST_DAYS, Plan
from bureau.parameters.emergencies import MOST_TEXT as MOST_BANNER
from bureau.reports import formulas, indicators
from bureau.reports.edition_rules import Definition
from tenants.clock import city_day, now
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.fields import Amount, Day, Hidden, Number, Text, WholeNumber, refuse
from webapp.forms.staff import worded
from webapp.wording.codes import UNITS


def _names(kinds: Any) -> list[tuple[str, object]]:
    return [(key, LazyString(pick, dict(kind.name))) for key, kind in kinds.items()]


def _in_future(_form: Form, field: Day) -> None:
    if field.data and field.data <= city_day(now()):
        refuse(field, "not_in_future")


class ParameterForm(Form):
    """A number that a bureau may set, from a later day on."""

    key = Choice(_("参数"), options=_names(rules.KINDS), empty=_("请选择"), required=True)
    value = WholeNumber(_("数值"), required=True)
    effective_from = Day(_("从哪天起"), hint=_("明天或以后，例如 2027-01-01"), required=True, validators=[_in_future])
    why = Text(_("为什么"), most=rules.MOST_TEXT, required=True)

    def validate_value(self, field: WholeNumber) -> None:
        kind = rules.KINDS.get(self.key.data)
        if kind and field.data is not None and not kind.least <= field.data <= kind.most:
            refuse(field, "not_between", least=kind.least, most=kind.most)


class GoalForm(Form):
    """What is to be reached in a year, and by whom. `subject`: whose goal, `district:310101` or `firm:…`."""

    kind = Choice(_("目标"), options=_names(goal_rules.KINDS), empty=_("请选择"), required=True)
    subject = Choice(_("给谁定"), empty=_("请选择"), required=True)
    year = WholeNumber(_("哪一年"), required=True)
    value = WholeNumber(_("做到多少"), least=1, most=MOST_VALUE, required=True)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.this_year = city_day(now()).year

    def validate_year(self, field: WholeNumber) -> None:
        most = self.this_year + MOST_YEARS_AHEAD
        if field.data is not None and not self.this_year <= field.data <= most:
            refuse(field, "not_between", least=self.this_year, most=most)

    def validate_subject(self, field: Choice) -> None:
        kind = goal_rules.KINDS.get(self.kind.data)
        if kind and field.data.partition(":")[0] not in kind.subjects:
            refuse(field, "not_counted_for")

    def proposed(self) -> Proposed:
        subject_kind, _colon, subject = self.subject.data.partition(":")
        return Proposed(self.year.data, self.kind.data, subject_kind, subject, self.value.data)


class CategoryForm(Form):
    """What counts as pro bono work and how much, from a later day on."""

    code = Text(_("代码"), hint=_("改已有的就写它的代码；新的用小写字母，例如 street_duty"), most=30, required=True)
    name = Text(_("名称"), most=MOST_NAME, required=True)
    name_en = Text(_("英文名称"), most=MOST_NAME)
    weight = WholeNumber(_("权重 %"), hint=_("0表示不再算"), least=WEIGHTS[0], most=WEIGHTS[-1], required=True)
    from_on = Day(_("从哪天起"), hint=_("明天或以后，例如 2027-01-01"), required=True, validators=[_in_future])

    def validate_code(self, field: Text) -> None:
        if not is_category_code(field.data):
            refuse(field, "not_a_code")


class LotForm(Form):
    """What a bureau wants to buy of a firm."""

    title = Text(_("名称"), most=MOST_TEXT, required=True)
    firm = Choice(_("律所"), empty=_("请选择"), required=True)
    unit = Amount(_("一份多少元"), hint=_("例如 200 或 199.50"), most=MOST_PRICE, required=True)
    units = WholeNumber(_("最多多少份"), least=1, most=MOST_UNITS, required=True)
    begins_on = Day(_("从哪天起"), hint=_("例如 2027-01-01"), required=True)
    ends_on = Day(_("到哪天为止"), hint=_("例如 2027-12-31"), required=True)

    def validate_unit(self, field: Amount) -> None:
        if field.data is not None and not field.data.amount_minor:
            refuse(field, "not_money")

    def validate_ends_on(self, field: Day) -> None:
        if field.data and self.begins_on.data and field.data < self.begins_on.data:
            refuse(field, "before_the_beginning")

    def offer(self) -> Offer:
        return Offer(self.title.data, self.unit.data, self.units.data, self.begins_on.data, self.ends_on.data)


class SettleForm(Form):
    """Whether a settlement is the last one of its lot."""

    final = Hidden()


class IndicatorForm(Form):
    """A number of the report, computed by a formula over what is counted, the `measures`."""

    key = Text(_("代号"), hint=_("小写字母、数字和下划线，例如 on_time"), most=indicators.MOST_TEXT, required=True)
    name = Text(_("名称"), most=indicators.MOST_TEXT, required=True)
    name_en = Text(_("英文名称"), most=indicators.MOST_TEXT, required=True)
    formula = Text(_("公式"), hint=_("只用加减乘除、括号和下面的数字"), most=formulas.MOST_LENGTH, required=True)
    unit = Choice(_("单位"), options=worded(UNITS), empty=_("请选择"), required=True)
    weight = WholeNumber(_("权重"), hint=_("0到100，0是只看不计"), most=indicators.MOST_WEIGHT, default=0)
    target = Number(_("目标"), hint=_("可以空着"))
    source = Text(_("依据"), most=indicators.MOST_TEXT, required=True)

    def __init__(self, *args: Any, measures: frozenset[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.measures = measures

    def validate_key(self, field: Text) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", field.data):
            refuse(field, "not_a_code")

    def validate_formula(self, field: Text) -> None:
        try:
            formulas.check_formula(field.data, self.measures)
        except formulas.FormulaFault as fault:
            refuse(field, fault.code, part=fault.part, most=fault.part)

    def definition(self) -> Definition:
        """As version 0."""
        names = {"zh-Hans": self.name.data, "en": self.name_en.data}
        target = None if self.target.data is None else float(self.target.data)
        return Definition(
            self.key.data, 0, names, self.formula.data, self.unit.data, self.weight.data or 0, self.source.data, target
        )


class EmergencyForm(Form):
    """Emergency mode: why, what owners read, from when to when, and which parameters it relaxes (`relaxed_…`)."""

    reason = Text(_("为什么"), most=MOST_BANNER, required=True)
    banner = Text(
        _("给店主看的话"), hint=_("例如：台风受灾的店可以优先约律师，电话12348。"), most=MOST_BANNER, required=True
    )
    banner_en = Text(_("给店主看的话（英文）"), most=MOST_BANNER, required=True)
    begins_on = Day(_("从哪天起"), required=True)
    ends_on = Day(_("到哪天为止"), hint=_("最多180天"), required=True)

    def validate_begins_on(self, field: Day) -> None:
        if field.data and field.data < city_day(now()):
            refuse(field, "in_the_past")

    def validate_ends_on(self, field: Day) -> None:
        begins = self.begins_on.data
        if begins and field.data and not 0 <= (field.data - begins).days <= MOST_DAYS:
            refuse(field, "not_within", most=MOST_DAYS)

    def plan(self) -> Plan:
        relaxed = {key: self[f"relaxed_{key}"].data for key in rules.KINDS}
        return Plan(
            reason=self.reason.data,
            banner=self.banner.data,
            banner_en=self.banner_en.data,
            begins_on=self.begins_on.data,
            ends_on=self.ends_on.data,
            relaxed={key: value for key, value in relaxed.items() if value is not None},
        )


for _key, _kind in rules.KINDS.items():
    _name, _hint = LazyString(pick, dict(_kind.name)), f"{_kind.least}–{_kind.most}"
    setattr(EmergencyForm, f"relaxed_{_key}", WholeNumber(_name, hint=_hint, least=_kind.least, most=_kind.most))


class PeriodForm(Form):
    """The year or the quarter of a report."""

    period = Text(_("时期"), hint=_("年，例如 2026；或季度，例如 2026-Q4"), most=7, required=True)


class WithdrawForm(Form):
    """An edition of the report no longer holds."""

    why = Text(_("为什么撤回（留在这一版上）"), most=MOST_TEXT, required=True)
