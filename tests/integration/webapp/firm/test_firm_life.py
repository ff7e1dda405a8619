"""A firm applies, its bureau decides, and everybody concerned is told."""

import io
import re
import uuid
import zipfile

import pytest
from PIL import Image
from pillow_heif import from_pillow
from sqlalchemy import select

from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from tests.factories import CLEAR_AND_MINE, plan_of
from tests.joining import apply, apply_firm, contact_of, decide, open_to_owners, outbox
from tests.owners import DETAILS, answer_all
from tests.visits import log_in
from tests.working_off import work_but_papers


def picture(kind="JPEG", size=(60, 40), **options):
    out, drawn = io.BytesIO(), Image.new("RGB", size, "#17493d")
    if kind == "HEIF":
        from_pillow(drawn).save(out)
    else:
        drawn.save(out, kind, **options)
    return out.getvalue()


def slug_of(app, name):
    """Of the firm of this name, as the card on the front page links to it."""
    cards = re.findall(r'href="/f/([\w-]+)">(.*?)</a>', app.test_client().get("/").text, re.DOTALL)
    return next(slug for slug, card in cards if name in card)


@pytest.fixture
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture
def applied(app, officer):
    """(name, path of the firm at the bureau)"""
    return apply_firm(app, officer)


def test_an_application_reaches_the_bureau_of_its_district(officer, applied):
    page = officer.get(applied[1]).text
    assert "等待决定" in page
    assert "31310000MD0123456X" in page


def test_the_city_sees_every_district_and_a_district_only_its_own(app, applied):
    yangpu = f"杨浦{uuid.uuid4().hex[:6]}律师事务所"
    apply(app, name=yangpu, district="310110")
    city, baoshan = (log_in(app, f"officer@{place}.example").get("/bureau/firms").text for place in ("city", "baoshan"))
    assert yangpu in city
    assert applied[0] in city
    assert yangpu not in baoshan


def test_an_admitted_firm_works_within_minutes(app, settings, officer, applied):
    name, path = applied
    assert decide(officer, path, "admit").status_code == 302
    assert any("试运行" in one["body"] for one in outbox(settings) if one["to"] == contact_of(name))
    open_to_owners(app, settings, name)
    assert name in app.test_client().get("/").text


def test_a_firm_is_not_admitted_before_every_standard_is_met(officer, applied):
    path = applied[1]
    refused = officer.post(f"{path}/decide", data={"decision": "admit", "why": "材料齐全", "review_on": "2027-01-01"})
    assert refused.status_code == 409
    assert "还有标准没有看过" in refused.text
    assert "等待决定" in officer.get(path).text
    assert decide(officer, path, "admit").status_code == 302
    assert str(city_day(now()).year + 1) in officer.get(path).text


def test_before_a_firm_is_suspended_the_page_says_whom_it_touches(officer, applied):
    decide(officer, applied[1], "admit")
    page = officer.get(applied[1]).text
    assert "会给0份正在做的体检的店主发消息" in page
    assert "不能恢复" in page


def test_a_decision_needs_a_reason(officer, applied):
    answer = decide(officer, applied[1], "admit", why="  ")
    assert answer.status_code == 422
    assert "理由" in answer.text


def test_a_decision_that_the_state_does_not_allow_is_refused(officer, applied):
    assert decide(officer, applied[1], "activate").status_code == 409


def test_a_suspended_firm_takes_no_new_owner_and_tells_the_running_ones(app, settings, officer, applied):
    name, path = applied
    decide(officer, path, "admit")
    open_to_owners(app, settings, name)
    slug = slug_of(app, name)
    owner = app.test_client()
    url = owner.post(f"/f/{slug}/start", data=DETAILS).location
    assert decide(officer, path, "suspend", "投诉待查").status_code == 302
    assert "这家所现在暂停" in app.test_client().get(f"/f/{slug}").text
    assert app.test_client().post(f"/f/{slug}/start", data=DETAILS).status_code == 409
    assert owner.get(url).status_code == 302, "what was begun stays with its owner"
    assert any(name in m["subject"] and "暂停" in m["subject"] and m["channel"] == "page" for m in outbox(settings))


def test_whoever_suspends_a_firm_again_tells_its_owners_again_and_each_time_once(
    app, settings, officer, applied, clock_at
):
    name, path = applied
    decide(officer, path, "admit")
    decide(officer, path, "activate")
    open_to_owners(app, settings, name)
    slug = slug_of(app, name)
    app.test_client().post(f"/f/{slug}/start", data=DETAILS)

    def told():
        pages = [one["subject"] for one in outbox(settings) if one["channel"] == "page"]
        return sum(name in one and "暂停" in one for one in pages)

    before = told()
    for times in (1, 2):
        assert decide(officer, path, "suspend", "投诉待查").status_code == 302
        assert told() == before + times
        work_but_papers(settings)
        assert told() == before + times
        decide(officer, path, "activate", "查清了")


def test_a_suspended_firm_signs_nothing(app, settings):
    city, owner = log_in(app, "officer@city.example"), app.test_client()
    url = owner.post("/f/jiangwan/start", data=DETAILS).location
    answer_all(owner, url)
    owner.post(f"{url}/submit")
    firm = re.search(r'href="(/bureau/firms/[\w-]+)">上海江湾', city.get("/bureau/firms").text)[1]
    lawyer, checkup = log_in(app, "lawyer2@jiangwan.example"), url.rstrip("/").split("/")[-1]
    assert decide(city, firm, "suspend", "演练").status_code == 302
    try:
        assert lawyer.post(f"/lawyer/checkups/{checkup}/names", data=CLEAR_AND_MINE).status_code == 409
        assert lawyer.get("/lawyer/").status_code == 200
    finally:
        decide(city, firm, "activate", "演练结束")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html><script>alert(1)</script>", "licence.jpg", "只收照片"),
        (b"GIF89a", "licence.gif", "只收照片"),
        (b"", "licence.pdf", "这个文件是空的"),
        (b"MZ\x90\x00", "licence.pdf", "只收照片"),
    ],
)
def test_a_file_is_judged_by_its_content_not_its_name(app, content, name, words):
    answer = apply(app, papers=[(content, name)])
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="上海新申请律师事务所"' in answer.text, "nothing typed is lost"


def test_a_zip_bomb_and_a_picture_bomb_are_refused(app):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("0", b"0" * 50_000_000)
    for content in (bomb.getvalue(), picture("PNG", (12_000, 12_000))):
        assert apply(app, papers=[(content, "证.png")]).status_code == 422


def test_a_phone_photo_in_heic_is_taken_and_loses_where_it_was_made(app, officer):
    name = f"上海{uuid.uuid4().hex[:6]}律师事务所"
    exif = Image.Exif()
    exif[0x010E] = "宝山区友谊路1号"
    papers = [(picture("HEIF"), "证.heic"), (picture(exif=exif.tobytes()), "证.jpg")]
    assert apply(app, name=name, papers=papers).status_code == 200
    page = officer.get(re.search(rf'href="(/bureau/firms/[\w-]+)">{name}', officer.get("/bureau/firms").text)[1]).text
    files = [officer.get(link) for link in re.findall(r'href="(/bureau/firms/[\w-]+/papers/[\w-]+)"', page)]
    assert [file.mimetype for file in files] == ["image/jpeg", "image/jpeg"]
    assert all(not Image.open(io.BytesIO(file.data)).getexif() for file in files)


def test_every_fault_of_an_application_is_named_at_once(app):
    answer = apply(app, licence_number="abc", phone="call me", contact_email="x")
    assert answer.status_code == 422
    for words in ("许可证号不对", "电话不对", "邮箱不对"):
        assert words in answer.text


def test_a_name_cannot_smuggle_a_header_into_a_message(app, settings, officer):
    name = f"上海{uuid.uuid4().hex[:6]}"
    assert apply(app, name=f"{name}\r\nBcc: all@x.example").status_code == 200
    with unit_of_work(Scope(Audience.WORKER)) as session:
        assert (
            session.scalars(select(Firm.name).where(Firm.name.startswith(name))).one() == f"{name} Bcc: all@x.example"
        )


def test_a_pale_brand_colour_is_refused(app):
    admin = log_in(app, "lawyer1@hubin.example")
    face = {"slug": "hubin", "intro": "好", "colour": "#ffee00", "languages": ["zh-Hans"], "phone": "021-12348"}
    answer = admin.post("/firm/face", data=face)
    assert answer.status_code == 422
    assert "颜色太浅" in answer.text


def test_the_face_an_admin_sets_is_what_owners_see(app):
    admin = log_in(app, "lawyer1@hubin.example")
    face = {
        "slug": "hubin", "intro": "欢迎来坐坐", "intro_en": "Welcome", "colour": "#17493d", "phone": "021-12348",
        "hours": "周一到周五 9:00–18:00", "waiting_days": "3", "keep_days": "90", "languages": ["zh-Hans", "en"],
    }  # fmt: skip
    with_logo = {**face, "logo": (io.BytesIO(picture("PNG")), "logo.png")}
    with plan_of(demo_id("hubin"), "standard"):
        answer = admin.post("/firm/face", data=with_logo)
    assert answer.status_code == 302, answer.text
    page = app.test_client().get("/f/hubin").text
    for words in ("欢迎来坐坐", "周一到周五", "现在约等3天", "/f/hubin/logo"):
        assert words in page
    assert app.test_client().get("/f/hubin/logo").mimetype == "image/png"
    assert "#17493d" in app.test_client().get("/f/hubin/face.css").text
    assert "江湾" not in app.test_client().get("/?language=en").text
    assert 'value="90"' in admin.get("/firm/face").text
    assert admin.post("/firm/face", data={**face, "keep_days": "7"}).status_code == 422
    assert admin.post("/firm/face", data={**face, "review_days": "0"}).status_code == 422
    assert 'name="review_days" type="text" value="5"' in admin.get("/firm/face").text


def test_an_own_logo_and_colour_need_a_paid_plan(app):
    admin = log_in(app, "lawyer1@jiangwan.example")
    face = {"slug": "jiangwan", "intro": "好", "phone": "021-12348", "keep_days": "90", "languages": ["zh-Hans"]}
    picture_too = {"logo": (io.BytesIO(picture("PNG")), "logo.png"), "colour": "#1f5c4d"}
    for changes in ({"colour": "#5c1f1f"}, picture_too):
        answer = admin.post("/firm/face", data={**face, **changes})
        assert answer.status_code == 422
        assert "请先换套餐" in answer.text
    with plan_of(demo_id("jiangwan"), "standard"):
        assert admin.post("/firm/face", data={**face, "colour": "#5c1f1f"}).status_code == 302
        assert admin.post("/firm/face", data={**face, "colour": "#1f5c4d"}).status_code == 302


def test_an_address_that_another_firm_has_is_refused(app):
    face = {"slug": "jiangwan", "colour": "#17493d", "languages": ["zh-Hans"]}
    answer = log_in(app, "lawyer1@hubin.example").post("/firm/face", data=face)
    assert answer.status_code == 422
    assert "已经有人用了" in answer.text


def test_the_bureau_exports_the_log_of_its_firm_without_owners(officer, applied):
    decide(officer, applied[1], "admit")
    log = officer.get(f"{applied[1]}/log.csv").text
    assert "firm.admitted" in log
    assert "owner" not in log.splitlines()[0]


def test_a_firm_on_trial_takes_only_so_many_checkups(app, settings, officer, applied, monkeypatch):
    monkeypatch.setattr("checkup.owner.open_firms.TRIAL_CHECKUPS", 1)
    decide(officer, applied[1], "admit")
    open_to_owners(app, settings, applied[0])
    slug = slug_of(app, applied[0])
    assert app.test_client().post(f"/f/{slug}/start", data=DETAILS).status_code == 302
    assert app.test_client().post(f"/f/{slug}/start", data=DETAILS).status_code == 409


def test_a_justice_office_sees_the_firms_that_were_put_under_it(app, officer, applied):
    office = log_in(app, "officer@youyi.example")
    assert applied[0] not in office.get("/bureau/firms").text
    options = re.findall(r'<option value="([\w-]+)"[^>]*>([^<]+)', officer.get(applied[1]).text)
    choices = {name: value for value, name in options}
    assert officer.post(f"{applied[1]}/assign", data={"bureau": choices["友谊路司法所（演示）"]}).status_code == 302
    assert applied[0] in office.get("/bureau/firms").text
    assert applied[0] in officer.get("/bureau/firms").text


def test_a_firm_is_never_put_under_a_bureau_outside_ones_part(app, officer, applied):
    city = log_in(app, "officer@city.example").get(applied[1]).text
    yangpu = re.search(r'<option value="([\w-]+)"[^>]*>杨浦', city)[1]
    assert officer.post(f"{applied[1]}/assign", data={"bureau": yangpu}).status_code == 422
    assert officer.post(f"{applied[1]}/assign", data={"bureau": "x"}).status_code == 422
