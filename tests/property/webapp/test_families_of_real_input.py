"""For each row of public reports a family of its kind, where the room of the kind does not have one already.

Elsewhere: names (row 1) in `unit/checkup/conflicts/`, yuan for ten thousands (24) in `unit/webapp/forms/`, times (23)
in `unit/bureau/hours/`.
"""

import datetime as dt
import io
import string
import uuid

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy.orm import Session
from stdnum.cn import uscc
from werkzeug.datastructures import MultiDict

from checkup.conflicts.party_tables import is_destroyed, read_table
from checkup.fixes.calendar_file import CalendarDay, calendar_file
from checkup.report.glyphs import find_undrawn, spell_undrawn
from cloud.partners import feed
from cloud.partners.models import Delivery
from tenants.errors import Unreadable
from tenants.typed import numbers, phones
from tenants.typed.codes import DIGITS, HEX, MINTED, code
from tenants.typed.identifiers import credit_code
from tenants.uploads import check_file
from tests.owners import DETAILS
from tests.plain_app import posting
from webapp.edge.rates import TrustedProxies
from webapp.forms.base import Form
from webapp.forms.fields import Once
from webapp.forms.owner import CallForm, ComplaintForm

WIDE = {ord(one): ord(one) + 0xFEE0 for one in string.printable if "!" <= one <= "~"} | {ord(" "): 0x3000}
BETWEEN = st.sampled_from(["", " ", "-", "－", "—", "\u200b", "\u00a0"])
AROUND = st.sampled_from(["{}", " {} ", "【法脉】验证码：{}。", "“{}”", "{}\n", "号码 {}，请查收"])
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def typed(draw, alphabet, size, *, before=""):
    """(What is meant, how it is typed): in groups, in full width, in small letters, with words around it."""
    meant = before + draw(st.text(alphabet, min_size=size, max_size=size))
    group = draw(st.integers(1, len(meant)))
    raw = draw(BETWEEN).join(meant[at : at + group] for at in range(0, len(meant), group))
    raw = raw.lower() if draw(st.booleans()) else raw
    raw = draw(AROUND).format(raw)
    return meant, raw.translate(WIDE) if draw(st.booleans()) else raw


@pytest.fixture(scope="module")
def form_posts():
    with posting():
        yield


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=6))
@hypothesis_settings(max_examples=6)
def test_row_2_any_number_of_checkups_in_one_browser_are_live_in_any_order(app, order, later):
    browser = app.test_client()
    begun = [browser.post("/f/hubin/start", data=DETAILS | {"name": f"{at}号面馆"}).location for at in range(4)]
    asked = [browser.get(one).location for one in begun]
    assert [browser.get(asked[at]).status_code for at in (*order, *later)] == [200] * (len(order) + len(later))
    assert all(f"{at}号面馆" in browser.get("/me").text for at in range(4))


@given(st.ip_addresses(), st.ip_addresses(v=4, network="10.0.0.0/24"), st.lists(st.ip_addresses(), max_size=3))
def test_row_3_behind_a_trusted_proxy_each_visitor_is_counted_by_her_own_address(visitor, proxy, forged):
    seen = {}
    environ = {"REMOTE_ADDR": str(proxy), "wsgi.url_scheme": "http"}
    environ["HTTP_X_FORWARDED_FOR"] = ", ".join(map(str, (*forged, visitor)))
    TrustedProxies(lambda given_, _: seen.update(given_) or [], ["10.0.0.0/24"])(environ, None)
    assert seen["REMOTE_ADDR"] == str(visitor)


@given(typed(DIGITS, 6))
def test_row_4_six_digits_are_read_in_every_writing(one):
    meant, raw = one
    assert code(raw, DIGITS) == meant


@given(typed(HEX, 8))
def test_row_36_a_recovery_code_is_read_in_every_writing(one):
    meant, raw = one
    assert code(raw, HEX) == meant


@given(typed(MINTED, 12, before="FM") | typed(MINTED, 12, before="JM"))
def test_row_27_a_number_on_a_paper_is_read_in_every_writing(one):
    meant, raw = one
    assert code(raw) == meant


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    BETWEEN,
    st.sampled_from(["", "+86 ", "0086", "86-"]),
    st.booleans(),
)
def test_rows_6_and_7_a_mobile_is_its_eleven_digits_in_every_writing(meant, between, before, wide):
    raw = before + between.join((meant[:3], meant[3:7], meant[7:]))
    assert phones.mobile(raw.translate(WIDE) if wide else raw) == meant


@given(st.sampled_from(["HK", "MO", "TW", "SG", "US", "DE", "JP"]), st.data())
def test_row_9_a_foreign_mobile_is_never_cut_to_one_of_ours(region, data):
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    national = str(example.national_number)
    digits = national[:-4] + data.draw(st.text(DIGITS, min_size=4, max_size=4))
    raw = f"+{example.country_code} {digits}"
    with pytest.raises(Unreadable) as refused:
        phones.mobile(raw.translate(WIDE) if data.draw(st.booleans()) else raw)
    assert refused.value.code == "foreign_mobile"
    assert phones.phone(raw).startswith(f"+{example.country_code} ")


@given(
    st.sampled_from([("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
                     ("WEBP", "RGB"), ("HEIF", "RGB"), ("MPO", "RGB")]),
    st.integers(1, 90), st.integers(1, 90), st.integers(1, 8),
)  # fmt: skip
@hypothesis_settings(max_examples=60)
def test_row_10_a_whole_picture_of_every_kind_is_taken_upright_and_says_no_place(kind, width, height, turned):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x8825] = turned, {1: "N"}
    more = {"save_all": True, "append_images": [Image.new("RGB", (8, 8))]} if kind[0] == "MPO" else {}
    Image.new(kind[1], (width, height)).save(out, kind[0], exif=exif, **more)
    kept = check_file(out.getvalue(), "photo")
    shown = Image.open(io.BytesIO(kept.content))
    is_turned = turned >= 5 and kind[0] != "HEIF"  # its reader turns by the file's own box
    assert shown.size in ((height, width) if is_turned else (width, height), (width, height))
    assert not shown.getexif()


@st.composite
def codes_of_businesses(draw):
    """A unified social credit code of some business: all its checks right."""
    body = draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
    total = sum("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(s) * w for s, w in zip(body, BODY_WEIGHTS, strict=True))
    signs = draw(st.sampled_from(["91310113", "92310101", "91440300", "93110000"])) + body + "0123456789X"[-total % 11]
    return signs + uscc.calc_check_digit(signs)


@given(codes_of_businesses(), st.sampled_from(["'{}", '="{}"', " {} ", "{}", "\ufeff{}"]), st.booleans(), st.booleans())
def test_row_15_a_code_that_excel_or_a_keyboard_touched_is_mended(meant, around, small, wide):
    told = around.format(meant.lower() if small else meant)
    told = told.translate(WIDE) if wide else told
    (cells,) = [found for _, found in read_table(f"甲有限公司\t对方\t{told}\t".encode())]
    assert credit_code(cells[2]) == meant


@given(codes_of_businesses().filter(str.isdecimal) | st.integers(10**17, 10**18 - 1).map(str), st.integers(2, 14))
def test_row_15_a_number_that_excel_shortened_is_known_as_destroyed(meant, places):
    assert is_destroyed(f"{float(meant):.{places}E}")


@given(st.text(st.characters(min_codepoint=0x20000, max_codepoint=0x3FFFD), max_size=4))
@hypothesis_settings(max_examples=20)
def test_row_19_once_spelled_no_character_is_left_that_no_font_draws(rare):
    assert find_undrawn(spell_undrawn(f"张{rare}面馆")) == ()


@given(st.lists(st.text(string.ascii_letters, min_size=1, max_size=64), min_size=1, max_size=8), st.uuids())
def test_row_21_what_is_sent_again_with_its_token_is_the_same_act(form_posts, tokens, within):
    class Showing(Form):
        once = Once()

    acts = {token: Showing(MultiDict({"once": token})).once.act(within) for token in (*tokens, *tokens)}
    assert len(set(acts.values())) == len(set(tokens))
    assert Showing(MultiDict({"once": tokens[0]})).once.act(uuid.uuid4()) not in acts.values()


@given(
    st.integers(1, 99_999), st.sampled_from(["", "约", "大概", "人民币", "¥"]),
    st.sampled_from(["", "元", "块", "左右"]), st.booleans(),
)  # fmt: skip
def test_row_25_ten_thousands_with_words_and_signs_are_the_same_amount(amount, before, behind, wide):
    told = [f"{before}{amount}", f"{before}{amount}万{behind}", f"{before}{amount * 10_000}元"]
    read = {numbers.number(one.translate(WIDE) if wide else one, unit=10_000) for one in told}
    assert read == {amount}


@given(st.integers(0, 599).filter(lambda status: status != feed.GONE), st.integers(0, feed.MOST_TRIES - 1))
def test_row_29_every_answer_but_gone_is_an_arrival_or_is_tried_again_until_the_last(status, tried):
    row, at = Delivery(state="waiting", tries=tried), dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    feed.settle_row(Session(), row, feed.Answer(status), at)
    if 200 <= status < 300:
        assert row.state == "sent"
    elif tried + 1 == feed.MOST_TRIES:
        assert row.state == "dead"
    else:
        assert (row.state, row.next_at - at) == ("waiting", dt.timedelta(minutes=2**tried))


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120), st.dates(dt.date(2026, 1, 1)),
    st.integers(0, 10**6), st.integers(1, 10**6),
)  # fmt: skip
def test_row_32_a_day_that_moves_keeps_its_name_grows_and_stays_within_its_lines(title, day, first, later):
    at = dt.datetime(2026, 8, 30, tzinfo=dt.UTC)
    told = [
        calendar_file([CalendarDay("a@famai", day, title, title, "https://a.example", at, revision)], name="法脉",
                      days_before=1, made_at=at)
        for revision in (first, first + later)
    ]  # fmt: skip
    lines = [one.split(b"\r\n") for one in told]
    assert all(len(line) <= 75 for each in lines for line in each)
    assert [next(line for line in each if line.startswith(b"UID")) for each in lines] == [b"UID:a@famai"] * 2
    grown = [int(next(line for line in each if line.startswith(b"SEQUENCE")).split(b":")[1]) for each in lines]
    assert grown[0] < grown[1]


@given(
    st.sampled_from(["", "yes"]),
    st.text(max_size=20),
    st.sampled_from(["", "021-62345678", "13800138000", "x", "１２３４８"]),
)
def test_row_33_whoever_is_to_be_called_has_left_a_number_or_words(form_posts, call, words, phone):
    form = ComplaintForm(MultiDict({"call": call, "words": words, "phone": phone}))
    if form.validate():
        said = form.said()
        assert said.words or said.wants_call
        assert said.phone == "" or phones.phone(said.phone) == said.phone
    asked = CallForm(MultiDict({"call": "yes", "phone": phone}))
    assert asked.validate() == (phone != "x")
