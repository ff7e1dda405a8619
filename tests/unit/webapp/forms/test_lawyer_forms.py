"""What lawyers send: hours off the platform, marks, room for cases, decisions on findings."""

import datetime as dt

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from bureau.hours.rules import Category
from webapp.forms import lawyer_hours
from webapp.forms.lawyer import RoomForm
from webapp.forms.lawyer_hours import ClinicForm, marks_form
from webapp.forms.review import DecisionForm, ReviewForms
from webapp.forms.staff import VersionForm, one_each

DAY = dt.date(2026, 11, 25)
CLINIC = {
    "day": "2026-11-20",
    "times": "14:00-16:00",
    "category": "clinic",
    "place": "创业园",
    "witness": "园区 王主任",
}


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr(lawyer_hours, "city_day", lambda _now: DAY)
    monkeypatch.setattr(lawyer_hours, "own_name", lambda one: one.name)
    app = Flask(__name__)
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    with app.test_request_context(method="POST"):
        yield


def faults_of(form):
    form.validate()
    return {name: faults[0].code for name, faults in form.errors.items()}


def clinic(**changed):
    categories = [Category(code, DAY, None, 100, code, code) for code in ("clinic", "legal_aid", "checkup")]
    return ClinicForm(MultiDict(CLINIC | changed)).offer(categories)


def test_a_clinic_needs_place_and_witness():
    assert faults_of(clinic(place=" ", witness="")) == {"place": "required", "witness": "required"}


def test_a_legal_aid_case_needs_its_number_only():
    assert faults_of(clinic(category="legal_aid", place="", witness="")) == {"reference": "required"}


@pytest.mark.parametrize("day", ["2026-11-26", "2026-08-01", "gestern"])
def test_a_clinic_is_neither_to_come_nor_long_past(day):
    assert faults_of(clinic(day=day)).keys() == {"day"}


def test_a_checkup_is_not_claimed_by_form():
    assert faults_of(clinic(category="checkup")) == {"category": "unknown_option"}


def test_times_that_are_none_are_named():
    assert faults_of(clinic(times="afternoon")) == {"times": "not_times"}


def test_a_clinic_is_read_whole():
    form = clinic()
    assert form.validate()
    assert (form.clinic().day, form.clinic().witness) == (dt.date(2026, 11, 20), CLINIC["witness"])


def test_a_mark_of_no_needs_a_reason():
    make = marks_form(("timely", "reasons"))
    assert faults_of(make(MultiDict({"timely": "no", "reasons": "yes"}))) == {"reason": "required"}
    assert faults_of(make(MultiDict({"timely": "no", "reasons": "yes", "reason": "晚了三天"}))) == {}


def test_every_question_of_a_packet_is_answered():
    assert faults_of(marks_form(("timely", "reasons"))(MultiDict({"timely": "yes"}))) == {"reasons": "required"}


def test_room_without_hours_is_the_whole_day():
    form = RoomForm(MultiDict({"a_month": "3", "languages": "zh"}))
    assert form.validate()
    said = form.said()
    assert (said.a_month, said.from_hour, said.to_hour, tuple(said.domains)) == (3, 0, 24, ())


def test_room_names_every_fault():
    form = RoomForm(MultiDict({"a_month": "41", "from_hour": "25", "away_until": "soon"}))
    assert faults_of(form) == {
        "a_month": "not_between", "languages": "required", "from_hour": "not_between", "away_until": "not_a_date",
    }  # fmt: skip


@pytest.mark.parametrize(("sent", "version"), [("3", 3), ("", -1), ("x", -1), (None, -1)])
def test_a_version_that_was_lost_is_no_version(sent, version):
    form = VersionForm(MultiDict({} if sent is None else {"version": sent}))
    assert form.validate()
    assert form.version.data == version


def test_a_likelihood_is_typed_in_percent():
    assert DecisionForm(MultiDict({"percent": "３５％"})).likelihood() == 0.35
    assert DecisionForm(MultiDict({"percent": ""})).likelihood() is None
    assert faults_of(DecisionForm(MultiDict({"percent": "ten"}))) == {"percent": "not_a_number"}


def test_the_page_shows_what_was_typed_at_its_finding_and_what_is_held_elsewhere():
    sent = DecisionForm(MultiDict({"reason": "typed"}), at="R1")
    forms = ReviewForms(sent)
    assert forms.decision("R1", reason="held").reason.data == "typed"
    assert forms.decision("R2", reason="held").reason.data == "held"


def test_a_refused_row_keeps_its_words_and_others_stay_empty():
    sent = VersionForm(MultiDict({"version": "7"}), at="b")
    forms = one_each(VersionForm, ["a", "b"], sent)
    assert forms["b"] is sent
    assert forms["a"].version.data == -1
