"""A ticket goes into a case while its owner is on the line, or by her own yes; every wrong number has its answer."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from checkup.cases.checkups import get_checkup_row
from checkup.owner.resume_codes import issue_resume_code
from tenants.clock import now
from tenants.database import unit_of_work
from tests.erased import erase_in_full
from tests.factories import make_case, owner_scope
from tests.helping import SEAT
from tests.parties import Party
from tests.ticketing import follow, held_by, number_of, offer_to, put_in, send, ticket_of
from tests.visits import be_owner, log_in

CALLER, OFFICER = "13800001111", "officer@baoshan.example"


@pytest.fixture
def party(app, settings, request):
    return Party(app, settings, request.node.name[:150], source="12345")


@pytest.fixture
def number(party):
    return send(party, "H-1")


@pytest.fixture
def case(settings):
    return make_case(settings, "in_review", seed=310)


@pytest.fixture(scope="module")
def seat(app):
    return log_in(app, SEAT)


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, OFFICER)


def code_of(settings, case):
    with unit_of_work(owner_scope(case)) as work:
        told = get_checkup_row(work, case.checkup_id).case_number
        of_case = {"firm_id": case.firm_id, "checkup_id": case.checkup_id, "person_id": case.owner_id}
        return told, issue_resume_code(work, **of_case, phone=CALLER, pepper=settings.pepper, now=now())


def call(seat, settings, case):
    """The address of the case while she is on the line."""
    number, code = code_of(settings, case)
    answer = seat.post("/helper/hotline/number", data={"number": number, "code": code, "answered": "yes"})
    return answer.location


@pytest.fixture
def line(seat, settings, case):
    return call(seat, settings, case) + "/ticket"


def test_the_seat_reads_what_it_is_and_her_yes_puts_it_in(seat, line, case, number):
    found = seat.post(line, data={"number": number.replace("-", "").lower()})
    assert "12345热线" in found.text
    assert "员工要求补签合同" not in found.text
    assert held_by(case) == []
    assert seat.post(line, data={"number": number, "agreed": "yes"}).location.endswith("done=ticket")
    assert held_by(case) == [number]
    assert number in seat.get(line.removesuffix("/ticket")).text


def test_pressed_twice_it_is_in_once(seat, line, case, number):
    for _ in range(2):
        assert seat.post(line, data={"number": number, "agreed": "yes"}).status_code == 302
    assert held_by(case) == [number]


@pytest.mark.parametrize("typed", ["T26-ZZZZZZ", "王姐面馆", "' OR 1=1 --", "13800000000"])
def test_what_is_no_ticket_is_said_to_be_none(seat, line, typed):
    answer = seat.post(line, data={"number": typed, "agreed": "yes"})
    assert answer.status_code == 422
    assert "没有这个工单" in answer.text


def test_no_number_is_asked_for(seat, line):
    answer = seat.post(line, data={"number": ""})
    assert answer.status_code == 422
    assert "请填写这一项" in answer.text


def test_a_ticket_of_another_case_stays_there(seat, settings, line, case, number):
    other = make_case(settings, "in_review", seed=311)
    put_in(settings, other, number)
    answer = seat.post(line, data={"number": number, "agreed": "yes"})
    assert answer.status_code == 409
    assert "已经在一份体检里" in answer.text
    assert (held_by(case), held_by(other)) == ([], [number])


def test_a_settled_ticket_says_so(seat, officer, line, number):
    officer.post(f"/bureau/tickets/{ticket_of(number).id}", data={"step": "decline", "why": "不归"})
    answer = seat.post(line, data={"number": number})
    assert answer.status_code == 409
    assert "已经办结" in answer.text


def test_a_case_that_she_erased_meanwhile_takes_nothing(seat, line, case, number):
    erase_in_full(case)
    answer = seat.post(line, data={"number": number, "agreed": "yes"})
    assert answer.status_code == 404
    assert "看不到" in answer.text


def test_without_the_call_that_she_agreed_to_no_seat_reaches_the_page(app, seat, line):
    assert seat.get(line.replace("/helper/clients/", "/helper/clients/0", 1)).status_code == 404
    assert log_in(app, "helper@youyi.example").get(line).status_code == 404


def test_at_her_word_on_the_line_the_seat_takes_it_out(seat, settings, line, case, number):
    put_in(settings, case, number)
    assert f"{number}/out" in seat.get(line).text
    assert seat.post(f"{line}/{number}/out").status_code == 302
    assert held_by(case) == []
    assert seat.post(f"{line}/{number}/out").status_code == 404


def test_of_two_seats_at_once_one_puts_it_in(app, settings, case, number):
    other = make_case(settings, "in_review", seed=311)
    seats = [log_in(app, SEAT) for _ in range(2)]
    lines = [call(one, settings, of) + "/ticket" for one, of in zip(seats, (case, other), strict=True)]
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(one.post, line, data={"number": number, "agreed": "yes"})
                for one, line in zip(seats, lines, strict=True)]  # fmt: skip
    assert sorted(len(held_by(of)) for of in (case, other)) == [0, 1]
    assert sorted(one.result().status_code for one in sent) == [302, 409]


def test_an_officer_with_number_and_code_puts_it_in_at_once(officer, settings, case, number):
    path = f"/bureau/tickets/{ticket_of(number).id}"
    told, code = code_of(settings, case)
    unread = officer.post(f"{path}/case", data={"case_number": told, "code": code})
    assert unread.status_code == 422
    assert officer.post(f"{path}/case", data={"case_number": told, "code": code, "agreed": "yes"}).status_code == 302
    assert held_by(case) == [number]
    page = officer.get(path).text
    assert "店主答应了" in page
    assert told not in page


def test_an_officer_without_a_code_asks_her_and_her_page_takes_it(app, officer, settings, case, number):
    path, owner = f"/bureau/tickets/{ticket_of(number).id}", be_owner(app, case)
    typed = number_of(case).replace("-", " ").lower()
    assert officer.post(f"{path}/case", data={"case_number": typed}).status_code == 302
    assert "等店主答应" in officer.get(path).text
    assert "12345热线的这件事要放进您的体检吗？" in owner.get(f"/checkup/{case.checkup_id}/help").text
    listed = owner.get(f"/checkup/{case.checkup_id}/tickets").text
    assert "员工要求补签合同" not in listed
    assert owner.post(f"/checkup/{case.checkup_id}/tickets/{number}/in").status_code == 302
    assert "员工要求补签合同" in owner.get(f"/checkup/{case.checkup_id}/tickets").text


def test_her_no_leaves_nothing(app, officer, case, number):
    owner, own = be_owner(app, case), f"/checkup/{case.checkup_id}/tickets"
    offer_to(case, number)
    assert owner.post(f"{own}/{number}/no").status_code == 302
    late = owner.post(f"{own}/{number}/in")
    assert late.status_code == 404
    assert "等您答应" in late.text
    assert "等店主答应" not in officer.get(f"/bureau/tickets/{ticket_of(number).id}").text


def test_taken_out_its_words_are_gone_from_the_case(app, settings, case, number):
    owner, own = be_owner(app, case), f"/checkup/{case.checkup_id}/tickets"
    put_in(settings, case, number)
    assert owner.post(f"{own}/{number}/out").status_code == 302
    assert number not in owner.get(own).text
    assert owner.post(f"{own}/{number}/out").status_code == 404


def test_whether_there_is_such_a_case_no_officer_learns(officer, case, number):
    path = f"/bureau/tickets/{ticket_of(number).id}"
    pages = []
    for typed in (number_of(case), "SH26-ZZZZZZ"):
        assert officer.post(f"{path}/case", data={"case_number": typed}).status_code == 302
        pages.append(re.sub(r'name="csrf_token"[^>]*>|nonce="[^"]*"', "", officer.get(path).text))
    assert pages[0] == pages[1]
    nonsense = officer.post(f"{path}/case", data={"case_number": "王姐面馆"})
    assert nonsense.status_code == 422
    assert "SH开头" in nonsense.text


def test_an_offer_is_taken_back(app, officer, case, number):
    path = f"/bureau/tickets/{ticket_of(number).id}"
    officer.post(f"{path}/case", data={"case_number": number_of(case)})
    assert officer.post(f"{path}/case/withdraw").status_code == 302
    assert be_owner(app, case).post(f"/checkup/{case.checkup_id}/tickets/{number}/in").status_code == 404


def test_a_code_that_is_tried_again_and_again_shuts_the_number_for_officer_and_seat(officer, seat, settings, number):
    case = make_case(settings, "in_review", seed=311)
    told, code = code_of(settings, case)
    path = f"/bureau/tickets/{ticket_of(number).id}/case"
    form = {"case_number": told, "agreed": "yes"}
    answers = [officer.post(path, data={**form, "code": "AAAA-AAAA"}).status_code for _ in range(100)]
    assert set(answers) == {409}
    assert "15分钟" in officer.post(path, data={**form, "code": code}).text
    refused = seat.post("/helper/hotline/number", data={"number": told, "code": code, "answered": "yes"})
    assert refused.status_code == 429
    assert held_by(case) == []


def test_an_officer_of_another_part_has_no_such_ticket(app, case, number):
    other = log_in(app, "officer@youyi.example")
    path = f"/bureau/tickets/{ticket_of(number).id}/case"
    assert other.post(path, data={"case_number": number_of(case)}).status_code == 404


def test_her_lawyer_sees_words_and_days_beside_the_case_and_settles_it(app, settings, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    lawyer = log_in(app, "lawyer1@hubin.example")
    page = lawyer.get(f"/lawyer/checkups/{case.checkup_id}").text
    assert "员工要求补签合同" in page
    assert "正在办" in page
    path = f"/firm/tickets/{ticket_of(number).id}"
    assert path in page
    assert number_of(case) in lawyer.get(path).text
    lawyer.post(path, data={"step": "answer"})
    assert "已办结" in be_owner(app, case).get(f"/checkup/{case.checkup_id}/tickets").text


def test_another_owner_reaches_nothing_of_it(app, settings, case, number):
    offer_to(case, number)
    stranger = make_case(settings, "in_review", seed=311)
    client = be_owner(app, stranger)
    assert client.get(f"/checkup/{case.checkup_id}/tickets").status_code == 404
    assert client.post(f"/checkup/{stranger.checkup_id}/tickets/{number}/in").status_code == 404
