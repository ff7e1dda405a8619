"""Without a script a file goes with its form; where a word is to be mended the file stays, at every door."""

import io
import re
from html import unescape

import pytest
from PIL import Image
from sqlalchemy.exc import OperationalError

from demo.city import demo_id
from tenants.files import list_files
from tenants.upload_parts import FOLDER
from tests.bodies import find_body
from tests.delegating import ask_somebody
from tests.factories import make_case, make_waiver, owner_scope, plan_of
from tests.mediating import make_talk
from tests.visits import be_owner, hold, log_in
from webapp.edge.people_here import OwnerHere
from webapp.views.auth import firm_application
from webapp.views.delegate import fixes as delegate_fixes
from webapp.views.firm import profile
from webapp.views.lawyer import messages as lawyer_messages
from webapp.views.owner import fixes, messages, relief, relief_status
from webapp.views.owner.help import mediation, referrals
from webapp.views.public import mediation as mediate

NAME, SECOND = "门口 照片.jpg", "营业执照.jpg"
LONG = "字" * 9_000
FIRM = {
    "name": "上海留图律师事务所", "licence_number": "31310000MD0123457", "district": "310113",
    "phone": "021-62345678", "contact_name": "李申", "contact_email": "li@keeps.example",
}  # fmt: skip
TOLD = {"turnover": "30", "troubles": ["none"], "struck": "none", "certificates": ["none"], "paper": "sales_record"}


def photo(name=NAME, colour="white"):
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "JPEG")
    return io.BytesIO(out.getvalue()), name


def join(app, settings):
    return app.test_client(), "/join", "papers", FIRM | {"phone": "x"}, FIRM


def logo(app, settings):
    face = {
        "slug": "hubin", "intro": "欢迎", "phone": "021-12348", "hours": "周一到周五", "waiting_days": "3",
        "keep_days": "90", "languages": ["zh-Hans"],
    }  # fmt: skip
    client = log_in(app, "lawyer1@hubin.example")
    return client, "/firm/face", "logo", face | {"colour": "#ffee00"}, face | {"colour": "#17493d"}


def to_owner(app, settings):
    case = make_case(settings, "in_review", seed=1830, lawyer=1)
    client = log_in(app, "lawyer1@hubin.example")
    address = f"/lawyer/checkups/{case.checkup_id}/messages"
    return client, address, "files", {"step": "note", "text": LONG}, {"step": "note", "text": "请看"}


def to_lawyer(app, settings):
    case = make_case(settings, "in_review", seed=1831)
    return be_owner(app, case), f"/checkup/{case.checkup_id}/messages", "files", {"text": LONG}, {"text": "请看"}


def mended(app, settings):
    case = make_case(settings, "signed", seed=1832)
    client = be_owner(app, case)
    risk = re.search(r"/fixes/([\w.-]+)/step", client.get(f"/checkup/{case.checkup_id}/fixes").text)[1]
    address = f"/checkup/{case.checkup_id}/fixes/{risk}/step"
    return client, address, "photo", {"step": "claim", "why": LONG}, {"step": "claim", "why": "换了"}


def relief_asked(app, settings):
    case = make_case(settings, "submitted", seed=1833)
    address = f"/checkup/{case.checkup_id}/relief/apply"
    return be_owner(app, case), address, "files", TOLD | {"note": LONG, "agreed": "yes"}, TOLD | {"agreed": "yes"}


def relief_answered(app, settings):
    case = make_case(settings, "submitted", seed=1834)
    waiver = make_waiver(settings, case, "more_asked")
    address = f"/checkup/{case.checkup_id}/relief/{waiver}/answer"
    sent = {"paper": "sales_record"}
    return be_owner(app, case), address, "files", sent | {"text": LONG}, sent | {"text": "这是单子"}


def to_body(app, settings):
    case = make_case(settings, "signed", seed=68)
    address = f"/checkup/{case.checkup_id}/help/to/own:debt/{find_body('和商').slug}"
    told = {"level": "files", "person": "王姐", "phone": "13800138000"}
    return be_owner(app, case), address, "given", told | {"words": LONG}, told


def to_mediator(app, settings):
    case = make_case(settings, "signed", seed=68)
    talk = make_talk(settings, case, "seated")
    address = f"/checkup/{case.checkup_id}/help/{talk.referral_id}/mediation/step"
    return be_owner(app, case), address, "files", {"step": "paper", "words": LONG}, {"step": "paper"}


def from_other_side(app, settings):
    talk = make_talk(settings, make_case(settings, "signed", seed=68), "seated")
    invitation, browser = talk.invite(), app.test_client()
    browser.post(f"/mediate/{invitation.token}", data={"code": invitation.code})
    return browser, "/mediate/", "files", {"step": "paper", "words": LONG}, {"step": "paper"}


def mended_by_delegate(app, settings):
    case = make_case(settings, "signed", seed=1832)
    told = ask_somebody(settings, owner_scope(case), case.checkup_id, areas=(), fixes=True)
    client = app.test_client()
    hold(client, OwnerHere(told.person_id, has_phone=True))
    fixes_page = f"/for/{told.delegation_id}/fixes"
    risk = re.search(r"/fixes/([\w.-]+)/step", client.get(fixes_page).text)[1]
    address = f"{fixes_page}/{risk}/step"
    return client, address, "photo", {"step": "claim", "why": LONG}, {"step": "claim", "why": "换了"}


DOORS = [
    join, logo, to_owner, to_lawyer, mended, mended_by_delegate, relief_asked, relief_answered, to_body, to_mediator,
    from_other_side,
]  # fmt: skip
# Nothing stands beside the file that could be refused.
FILE_ALONE = {"firm_desk", "standards", "bureau_gatherings", "firm_gatherings", "licence"}


def named(page, field):
    """(ticket, name) of each file that the page names."""
    return re.findall(rf'type="checkbox"\s+name="{field}"\s+value="([^"]+)"\s+checked\s*><span>([^<]+)</span>', page)


def send(client, address, told):
    return client.post(address, data=told, content_type="multipart/form-data")


@pytest.fixture(params=DOORS, ids=lambda door: door.__name__)
def door(request, app, settings):
    with plan_of(demo_id("hubin"), "standard"):
        yield request.param(app, settings)


def test_a_refused_form_has_its_file_and_is_taken_without_choosing_it_again(door):
    client, address, field, wrong, right = door
    refused = send(client, address, wrong | {field: [photo()]})
    assert refused.status_code == 422
    [(ticket, name)] = named(refused.text, field)
    assert name == NAME
    again = send(client, address, wrong | {field: [ticket]})
    assert again.status_code == 422
    assert named(again.text, field) == [(ticket, name)]
    assert send(client, address, right | {field: [ticket]}).status_code in (200, 302)


@pytest.fixture
def nearly_full(monkeypatch):
    """The disk has no more room than is kept for answers."""
    monkeypatch.setattr("tenants.files.KEPT_FREE", 2**60)


def test_on_a_disk_that_is_nearly_full_words_are_taken_and_files_are_not(app, settings, nearly_full):
    client, address, field, _, right = to_lawyer(app, settings)
    refused = send(client, address, right | {field: [(io.BytesIO(bytes(300_000)), NAME)]})
    assert (refused.status_code, named(refused.text, field)) == (507, [])
    assert client.post(address, data=right).status_code == 302


def test_the_doors_of_this_file_are_all_that_take_files(app):
    views = [
        firm_application, profile, lawyer_messages, messages, fixes, delegate_fixes, relief, relief_status, referrals,
        mediation, mediate,
    ]  # fmt: skip
    tried = {view.blueprint.name for view in views}
    takes = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()
             if hasattr(app.view_functions[rule.endpoint], "most_bytes")}  # fmt: skip
    assert takes - FILE_ALONE == tried
    assert len(DOORS) == len(tried)


def test_who_chooses_the_same_file_again_sends_it_once(app, settings, admin_rows):
    client, address, field, wrong, right = to_lawyer(app, settings)
    [(ticket, _)] = named(send(client, address, wrong | {field: [photo()]}).text, field)
    assert send(client, address, right | {field: [ticket, photo(), photo(SECOND, "red")]}).status_code == 302
    sent = admin_rows("SELECT count(*) FROM case_file WHERE checkup_id = :id", id=address.split("/")[2])
    assert sent == [(2,)]


def test_too_many_files_are_all_named_so_that_one_can_be_left_out(app, settings):
    client, address, field, _wrong, right = to_lawyer(app, settings)
    photos = [photo(f"第{number}张.jpg", (number, 0, 0)) for number in range(6)]
    refused = send(client, address, right | {field: photos})
    assert refused.status_code == 422
    kept = named(refused.text, field)
    assert len(kept) == 6
    assert send(client, address, right | {field: [ticket for ticket, _name in kept[1:]]}).status_code == 302


def test_a_bad_file_goes_and_the_good_one_stays(app, settings):
    client, address, field, _wrong, right = to_lawyer(app, settings)
    refused = send(client, address, right | {field: [photo(), (io.BytesIO(b"MZ"), "病历.exe")]})
    assert refused.status_code == 422
    assert [name for _ticket, name in named(refused.text, field)] == [NAME]


def test_a_form_that_is_taken_leaves_nothing_waiting(app, settings):
    client, address, field, _wrong, right = to_lawyer(app, settings)
    before = waiting(settings)
    assert send(client, address, right | {field: [photo()]}).status_code == 302
    assert waiting(settings) == before


def waiting(settings):
    return [path for path, _size in list_files(settings.files_url) if path.startswith(f"{FOLDER}/")]


def test_a_full_store_says_that_the_file_is_to_be_chosen_again(app, settings, monkeypatch):
    monkeypatch.setattr("tenants.upload_parts._MOST_WAITING", 0)
    client, address, field, wrong, _right = to_lawyer(app, settings)
    refused = send(client, address, wrong | {field: [photo()]})
    assert refused.status_code == 422
    assert named(refused.text, field) == []
    assert NAME in refused.text
    assert "再选一次" in refused.text


@pytest.fixture
def switching(monkeypatch):
    """The database is away for as long as this list is not empty."""
    away = [True]
    known = messages.owner_work

    def lost():
        if away:
            raise OperationalError("", {}, Exception())
        return known()

    monkeypatch.setattr(messages, "owner_work", lost)
    return away


def test_the_button_that_sends_again_after_a_switch_has_the_file_too(app, settings, switching, admin_rows):
    client, address, field, _wrong, right = to_lawyer(app, settings)
    page = send(client, address, right | {field: [photo()]})
    assert page.status_code == 503
    told = [(name, unescape(value)) for name, value in
            re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)]  # fmt: skip
    switching.clear()
    again = {name: [value for one, value in told if one == name] for name, _value in told}
    assert client.post(address, data=again).status_code == 302
    sent = admin_rows("SELECT count(*) FROM case_file WHERE checkup_id = :id", id=address.split("/")[2])
    assert sent == [(1,)]
