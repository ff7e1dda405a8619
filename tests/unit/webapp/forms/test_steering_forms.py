"""What officers set: read into values, or every fault named at once."""

import datetime as dt

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from bureau.dashboard.goal_rules import Proposed
from webapp.forms import steering
from webapp.forms.steering import CategoryForm, EmergencyForm, GoalForm, IndicatorForm, LotForm, ParameterForm

TODAY = dt.date(2026, 11, 25)
GOAL = {"year": "2026", "kind": "hours", "subject": "firm:f1", "value": "500"}


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr(steering, "city_day", lambda _now: TODAY)
    app = Flask(__name__)
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    with app.test_request_context(method="POST"):
        yield


def faults_of(form):
    form.validate()
    return {name: faults[0].code for name, faults in form.errors.items()}


def parameter(key, value, day, why):
    return ParameterForm(MultiDict({"key": key, "value": value, "effective_from": day, "why": why}))


def goal(**changed):
    form = GoalForm(MultiDict(GOAL | changed))
    form.subject.options = [("firm:f1", "一所"), ("district:310113", "宝山")]
    return form


def test_every_fault_of_a_parameter_is_named():
    assert faults_of(parameter("review_days", "0", "2026-11-25", " ")) == {
        "value": "not_between", "effective_from": "not_in_future", "why": "required",
    }  # fmt: skip


def test_a_fraction_is_no_parameter():
    assert faults_of(parameter("subsidy", "1.5", "2027-01-01", "x")) == {"value": "not_a_whole_number"}


def test_an_unknown_parameter_is_refused():
    assert faults_of(parameter("nonsense", "1", "2027-01-01", "x")) == {"key": "unknown_option"}


def test_a_parameter_typed_in_full_width_is_read():
    form = parameter("review_days", "１０", "2027年1月1日", "忙")
    assert form.validate()
    assert (form.value.data, form.effective_from.data) == (10, dt.date(2027, 1, 1))


def test_a_goal_names_its_year_its_kind_and_its_subject():
    form = goal()
    assert form.validate()
    assert form.proposed() == Proposed(2026, "hours", "firm", "f1", 500)


def test_every_fault_of_a_goal_is_told_at_once():
    faults = faults_of(goal(year="2025", kind="x", subject="firm:elsewhere", value="0"))
    assert faults.keys() == {"year", "kind", "subject", "value"}


@pytest.mark.parametrize("value", ["", "-1", "1.5", "十", "9" * 30, "1e3"])
def test_a_goal_is_a_whole_number(value):
    assert faults_of(goal(value=value)).keys() == {"value"}


def test_published_businesses_are_not_counted_for_a_firm():
    assert faults_of(goal(kind="reached")) == {"subject": "not_counted_for"}


def test_an_emergency_names_every_fault():
    form = EmergencyForm(MultiDict({"begins_on": "2020-01-01", "ends_on": "2020-01-02", "relaxed_review_days": "99"}))
    assert faults_of(form) == {
        "reason": "required", "banner": "required", "banner_en": "required", "begins_on": "in_the_past",
        "relaxed_review_days": "not_between",
    }  # fmt: skip


def test_an_emergency_lasts_half_a_year_at_most():
    form = EmergencyForm(MultiDict({"begins_on": "2026-12-01", "ends_on": "2027-12-01"}))
    assert faults_of(form)["ends_on"] == "not_within"


def test_only_what_is_typed_is_relaxed():
    words = {"reason": "台风", "banner": "受灾的店优先", "banner_en": "Hit shops first"}
    form = EmergencyForm(
        MultiDict(words | {"begins_on": "2026-12-01", "ends_on": "2026-12-02", "relaxed_review_days": "15"})
    )
    assert form.validate()
    assert form.plan().relaxed == {"review_days": 15}


def test_a_lot_ends_after_it_begins_and_its_price_is_more_than_nothing():
    form = LotForm(
        MultiDict({"title": "体检", "unit": "0", "units": "3", "begins_on": "2027-02-01", "ends_on": "2027-01-01"})
    )
    assert faults_of(form) == {"firm": "required", "unit": "not_money", "ends_on": "before_the_beginning"}


def test_a_category_begins_tomorrow_at_the_earliest_and_has_a_plain_code():
    form = CategoryForm(MultiDict({"code": "Street!", "name": "值守", "weight": "50", "from_on": "2026-11-25"}))
    assert faults_of(form) == {"code": "not_a_code", "from_on": "not_in_future"}


def test_a_formula_says_which_part_is_not_understood():
    form = IndicatorForm(
        MultiDict({"key": "x1", "formula": "nothing_known / 2", "unit": "percent"}), measures=frozenset()
    )
    faults = faults_of(form)
    assert faults["formula"] == "unknown_measure"
    assert form.formula.errors[0].params["part"] == "nothing_known"
