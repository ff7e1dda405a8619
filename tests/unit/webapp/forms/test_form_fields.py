import datetime as dt
import io
import tracemalloc

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import FileStorage, MultiDict

from billing.books.money import Money
from tenants.errors import FieldFault, Invalid
from tenants.uploads import MOST_BYTES, MOST_FILES
from tests.reading import as_read
from webapp.edge.errors import FAULTS
from webapp.forms.base import Form
from webapp.forms.choices import Choice, Choices, Tick
from webapp.forms.fields import Amount, Code, Day, Email, Mobile, Number, Prose, Secret, Text, WholeNumber
from webapp.forms.files import Files

SHOPS = (("noodles", "面馆"), ("tea", "茶馆"))


class ShopForm(Form):
    name = Text("店名", most=5, required=True, hint="照执照写", autocomplete="organization")
    words = Prose("说明", most=10)
    staff = WholeNumber("人数", most=9)
    revenue = Number("营业额", most=100, unit=10_000)
    fee = Amount("费用", most=10_000)
    since = Day("开业")
    phone = Mobile("手机")
    mail = Email("邮箱")
    code = Code("续答码")
    secret = Secret("密码")
    kind = Choice("哪一种", options=SHOPS, empty="请选择")
    sells = Choices("卖什么", options=SHOPS)
    agreed = Tick("同意", required=True)
    papers = Files("照片", most=1)


class AlbumForm(Form):
    papers = Files("照片")


@pytest.fixture(scope="module")
def plain():
    app = Flask(__name__, template_folder="../../../../templates")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    app.jinja_env.filters["fault_text"] = lambda fault: FAULTS[fault.code].format(**fault.params)
    app.jinja_env.globals["_"] = str
    with app.test_request_context(method="POST"):
        yield app


def sent(**values):
    return ShopForm(MultiDict({"name": "王记", "agreed": "yes"} | values))


def codes(form, name):
    return [fault.code for fault in form[name].errors]


def test_what_was_sent_is_read_into_values(plain):
    form = sent(
        staff="６个人",
        revenue="80万",
        fee="1.5",
        since="2026/1/2",
        phone="138 0013 8000",
        mail="A@b.cn",
        code="5q5z-8jte",
    )
    assert form.validate()
    assert (form.staff.data, form.revenue.data, form.fee.data) == (6, 80, Money(150))
    assert (form.since.data, form.phone.data) == (dt.date(2026, 1, 2), "13800138000")
    assert (form.mail.data, form.code.data) == ("a@b.cn", "5Q5Z8JTE")


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("name", "", "required"), ("name", "\u200b\u3000", "required"), ("name", "六个字的店名", "too_long"),
        ("staff", "x", "not_a_whole_number"), ("staff", "10", "not_between"), ("revenue", "101", "too_large"),
        ("fee", "x", "not_money"), ("since", "昨天", "not_a_date"), ("phone", "12", "not_a_mobile"),
        ("mail", "x", "not_an_email"), ("kind", "bank", "unknown_option"), ("sells", "bank", "unknown_option"),
        ("agreed", "no", "must_agree"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(plain, name, raw, code):
    form = sent(**{name: raw})
    assert not form.validate()
    assert codes(form, name) == [code]
    assert form.status == 422


def test_what_was_refused_is_shown_as_it_was_typed(plain):
    form = sent(staff="很多", since="昨天")
    form.validate()
    page = render_template_string(
        '{% from "macros/form.html" import field %}{{ field(f.staff) }}{{ field(f.since) }}', f=form
    )
    assert 'value="很多"' in page
    assert 'value="昨天"' in page


def test_a_password_is_taken_as_typed_and_never_shown(plain):
    form = sent(secret=" ａ　b ")
    assert form.secret.data == " ａ　b "
    assert "value=" not in str(form.secret()).replace('value=""', "")


def test_a_field_is_tied_to_its_hint_and_its_fault(plain):
    form = sent(name="")
    form.validate()
    page = as_read(render_template_string('{% from "macros/form.html" import field %}{{ field(f.name) }}', f=form))
    for part in (
        '<label for="name">店名</label>',
        'id="name-hint">照执照写', 'id="name-fault">请填写这一项。', 'aria-invalid="true"',
        'aria-describedby="name-hint name-fault"', 'aria-required="true"', 'autocomplete="organization"',
    ):  # fmt: skip
        assert part in page


def test_a_fault_of_the_domain_hangs_on_its_field_and_any_other_above(plain):
    form = sent()
    with form.faults_of_domain():
        assert form.validate()
        raise Invalid((FieldFault("name", "taken"), FieldFault("elsewhere", "overlaps", {"version": 2})))
    assert codes(form, "name") == ["taken"]
    page = as_read(render_template_string('{% from "macros/form.html" import faults %}{{ faults(f) }}', f=form))
    assert 'href="#name"' in page
    assert "2 版重叠" in page


def test_several_are_kept_in_the_order_of_the_options(plain):
    form = ShopForm(MultiDict([("name", "王记"), ("agreed", "yes"), ("sells", "tea"), ("sells", "noodles")]))
    assert form.validate()
    assert form.sells.data == ("noodles", "tea")


def test_a_file_that_is_no_picture_is_refused_by_its_content(plain):
    form = sent(papers=FileStorage(io.BytesIO(b"MZ"), filename="a.jpg"))
    assert not form.validate()
    assert codes(form, "papers") == ["file_kind"]


class LargeFile(io.BytesIO):
    """As large as one may be, and in memory only where it is read."""

    def read(self, size):
        return bytes(min(size, MOST_BYTES))


def test_of_several_large_files_one_is_in_memory_at_a_time(plain):
    given = [("papers", FileStorage(LargeFile(), filename=f"{number}.jpg")) for number in range(MOST_FILES)]
    tracemalloc.start()
    try:
        form = AlbumForm(MultiDict(given))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert not form.validate()
    assert (codes(form, "papers"), peak < 1.5 * MOST_BYTES) == (["file_kind"] * MOST_FILES, True)


def test_of_two_files_where_one_is_asked_for_the_first_is_read(plain):
    form = ShopForm(MultiDict([("papers", FileStorage(io.BytesIO(b"MZ"), filename=name)) for name in ("a", "b")]))
    form.validate()
    assert codes(form, "papers") == ["file_kind"]


def test_a_form_to_be_changed_begins_with_what_is_kept(plain):
    form = ShopForm(
        formdata=None, data={"fee": Money(19950), "since": dt.date(2026, 1, 2), "kind": "tea", "agreed": True}
    )
    page = render_template_string(
        '{% from "macros/form.html" import field %}{% for one in shown %}{{ field(one) }}{% endfor %}',
        shown=[form.fee, form.since, form.kind, form.agreed],
    )
    assert 'value="199.50"' in page
    assert 'value="2026-01-02"' in page
    assert '<option value="tea" selected>' in page
    assert "checked" in page
