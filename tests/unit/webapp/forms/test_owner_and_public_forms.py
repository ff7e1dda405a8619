import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict

from bureau.complaints.complaints import Said
from checkup.fixes.reminder_wishes import Wish
from tenants.business_details import is_doubtful
from tests.plain_app import posting
from webapp.forms.auth import InvitationForm, JoinForm, SecondFactorForm
from webapp.forms.owner import ComplaintForm, LetterByPhoneForm, RatingForm, RemindersForm, ShareForm
from webapp.forms.public import StartForm, VerifyForm
from webapp.forms.relief import StepForm

GOOD = {
    "name": "王姐面馆", "credit_code": "", "form": "individual", "trade": "catering",
    "staff": "6", "revenue": "80", "assets": "30", "district": "310113",
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def request_that_posts():
    with posting():
        yield


def faults(form):
    form.validate()
    return [(fault.field, fault.code) for field in form for fault in field.errors]


def test_what_an_owner_told_of_her_business_becomes_its_details():
    form = StartForm(MultiDict(GOOD | {"revenue": "８０万", "staff": "6个人", "review": "yes"}))
    assert form.validate()
    details = form.details()
    assert (details.staff, details.revenue, details.size, details.credit_code) == (6, 80.0, "micro", None)
    assert form.consents() == {"review": True, "statistics": False, "cloud": False, "follow_up": False}


@pytest.mark.parametrize("code", ["9144030071526726XG", "９１４４０３００７１５２６７２６xg", "91110000802100433B"])
def test_published_credit_codes_are_accepted(code):
    form = StartForm(MultiDict(GOOD | {"credit_code": code, "form": "company"}))
    assert form.validate()
    assert form.details().credit_code[:2] == "91"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("credit_code", "9144030071526726XH", "wrong_check_digit"),
        ("credit_code", "9144030071526726XG", "other_form"),
        ("credit_code", "310113600123456", "old_registration_number"),
        ("credit_code", "310101190001010011", "id_card"),
        ("name", "王姐面馆 310101190001010011", "id_card"),
        ("staff", "-1", "negative"),
        ("staff", "1.5", "not_a_whole_number"),
        ("revenue", "很多", "not_a_number"),
        ("revenue", "nan", "not_a_number"),
        ("assets", "9" * 12, "too_large"),
        ("name", "", "required"),
        ("name", "\x00\u200b", "required"),
        ("name", "面" * 201, "too_long"),
        ("district", "999999", "unknown_option"),
    ],
)
def test_impossible_detail_names_field_and_code(field, value, code):
    assert faults(StartForm(MultiDict({**GOOD, field: value}))) == [(field, code)]


@pytest.mark.parametrize(
    ("trade", "staff", "revenue", "assets", "asked"),
    [
        ("agriculture", "3", "300000", "200000", ["revenue", "assets"]), ("agriculture", "3", "30", "20", []),
        ("real_estate", "12", "300000", "20", ["revenue"]), ("construction", "12", "80", "800000", ["assets"]),
        ("wholesale", "8", "12000", "900", []), ("agriculture", "3", "30万", "20万", []),
        ("industry", "2000", "300000", "200000", []), ("catering", "0", "2000", "2000", []),
    ],
)  # fmt: skip
def test_so_much_money_for_so_few_people_is_asked_back(trade, staff, revenue, assets, asked):
    told = GOOD | {"trade": trade, "staff": staff, "revenue": revenue, "assets": assets}
    assert faults(StartForm(MultiDict(told))) == [(field, "which_unit") for field in asked]
    assert StartForm(MultiDict(told | {"sure": "yes"})).validate()


def test_the_question_back_says_the_amount_as_people_say_it():
    form = StartForm(MultiDict(GOOD | {"staff": "3", "revenue": "300000"}))
    form.validate()
    assert form.revenue.errors[0].params == {"staff": 3, "amount": "30亿"}


@given(st.integers(0, 500), st.integers(1, 500))
def test_yuan_typed_for_ten_thousands_are_asked_back_from_thirty_million_on(staff, revenue):
    """Somebody who has so many 万元 and types them in yuan never goes on without a word."""
    typed = revenue * 10_000
    assert is_doubtful(typed, staff) == (typed > 2_000 * (staff + 1) and typed >= 3_000)
    assert not is_doubtful(revenue, staff)


def test_control_characters_go_without_a_word():
    assert StartForm(MultiDict(GOOD | {"name": "a\x00b\u200b"})).name.data == "ab"


def test_a_wish_for_a_text_message_needs_a_mobile_number():
    wanted = MultiDict({"channel": "sms", "days_before": "3", "address": "12348"})
    assert faults(RemindersForm(wanted)) == [("address", "not_a_mobile")]


def test_a_wish_for_a_text_message_keeps_the_number_in_one_way():
    form = RemindersForm(MultiDict({"channel": "sms", "days_before": "3", "address": "１３８ 0013-8000"}))
    assert form.validate()
    assert form.wish() == Wish("sms", 3, "13800138000")


def test_a_wish_without_a_channel_keeps_no_address():
    form = RemindersForm(MultiDict({"channel": "none", "days_before": "3", "address": "13800138000"}))
    assert form.validate()
    assert form.wish().address == ""


def test_every_question_of_a_rating_is_asked_for():
    assert faults(RatingForm(MultiDict({"useful": "6", "clear": "3"}))) == [
        ("useful", "unknown_option"),
        ("kind", "required"),
    ]


def test_a_complaint_needs_words_or_a_call():
    assert faults(ComplaintForm(MultiDict({"words": " "}))) == [("words", "required")]
    form = ComplaintForm(MultiDict({"call": "yes", "phone": "021-6234 5678"}))
    assert form.validate()
    assert form.said() == Said("", "021-62345678", True)


def test_a_link_is_made_for_a_level_and_days_that_are_offered():
    assert faults(ShareForm(MultiDict({"level": "x", "days": "2"}))) == [
        ("level", "unknown_option"),
        ("days", "unknown_option"),
    ]


def test_the_language_of_a_letter_is_one_that_the_site_has():
    assert LetterByPhoneForm(MultiDict({"locale": "en"})).language == "en"
    assert LetterByPhoneForm(MultiDict({"locale": "../x"})).language == "zh-Hans"


def test_a_number_on_a_paper_is_read_as_it_is_typed():
    assert VerifyForm(MultiDict({"number": "核验号：fm26－wxfx－sxmywq。"})).number.data == "FM26WXFXSXMYWQ"


def test_a_recovery_code_is_read_in_full_width():
    assert SecondFactorForm(MultiDict({"code": "０４９７－３５０６"})).code.data == "04973506"


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa"])
def test_a_weak_password_is_refused_at_its_field(password):
    assert faults(InvitationForm(MultiDict({"name": "王", "password": password}))) == [("password", "weak_password")]


def test_every_fault_of_an_application_is_told_at_once():
    told = dict(faults(JoinForm(MultiDict({"licence_number": "12", "phone": "x", "contact_email": "a@b"}))))
    assert told == {
        "name": "required", "licence_number": "not_a_licence", "district": "required", "phone": "not_a_phone",
        "contact_name": "required", "contact_email": "not_an_email", "papers": "number_of_files",
    }  # fmt: skip


def test_an_iphone_photo_is_taken_and_a_program_is_not():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "HEIF")
    photo = FileStorage(io.BytesIO(out.getvalue()), filename="IMG_1.HEIC")
    form = StepForm(MultiDict([("paper", "sales_record"), ("files", photo)]))
    assert form.validate()
    assert form.papers()[0].file.media_type == "image/jpeg"
    program = FileStorage(io.BytesIO(b"MZ\x90\x00"), filename="a.jpg")
    assert faults(StepForm(MultiDict([("paper", "selfie"), ("files", program)]))) == [
        ("paper", "unknown_option"),
        ("files", "file_kind"),
    ]
