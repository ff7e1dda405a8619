"""What cannot be taken back says first what it will do, to whom and to how many; and then does just that."""

import datetime as dt
import re

import pytest
from sqlalchemy import func, select

from billing.hardship.policies import find_policy, get_policy
from billing.hardship.policy_reader import read_shipped
from billing.waivers.queues import count_running
from bureau.complaints.complaints import Said, open_complaint
from bureau.hours.moves import Mover, get_entry, move
from bureau.quality import assessments, draws, results
from bureau.quality.anomalies import list_anomalies, watch_firm
from cloud.partners.models import Ticket
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.firms.states import SERVING
from tenants.models import Firm
from tenants.working_days import working_days_after
from tests.factories import make_case, make_waiver, officer_scope, owner_scope
from tests.hours import FIRM, clinic, firm_says, new_lawyer
from tests.parties import FORM, Party
from tests.visits import log_in
from webapp.tasks.relief import TASKS


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, "officer@city.example")


@pytest.fixture(scope="module")
def operator(app):
    return log_in(app, "operator@famai.example")


def test_an_answer_to_a_complaint_says_that_it_ends_it_and_who_reads_it(settings, officer):
    case = make_case(settings, "signed", seed=1)
    with unit_of_work(owner_scope(case)) as session:
        said = Said("没有人回我", "", False)
        row = open_complaint(session, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())
    page = officer.get(f"/bureau/complaints/{row.id}").text
    assert "店主会收到通知，打开网页看得到全文；这件投诉就此结束，答复不能再改" in page


def test_a_policy_says_who_keeps_the_old_one_and_how_many_firms_are_told(settings, app, officer):
    text = re.sub(r"version: .*", 'version: "2091"', read_shipped(), count=1)
    text = re.sub(r"effective_from: .*", "effective_from: 2091-01-01", text, count=1)
    text = re.sub(r"effective_until: .*", "effective_until: 2091-12-31", text, count=1)
    made = officer.post("/bureau/hardship/propose", data={"document": text, "why": "提高门槛"}).location
    TASKS["simulate_policy"](settings, policy_id=made.split("/")[-1])
    page = log_in(app, "officer2@city.example").get(made).text
    with unit_of_work(officer_scope()) as session:
        firms = session.scalar(select(func.count()).select_from(Firm).where(Firm.state.in_(SERVING)))
        running = count_running(session)
    assert running > 0
    assert "从2091年1月1日起，新的申请都按这一版" in page
    assert f"已经在办的{running}份申请照原来的办法" in page
    assert f"{firms}家律所在日志里看到" in page


def test_a_policy_names_the_version_that_makes_way(settings, app, officer):
    with unit_of_work(officer_scope()) as session:
        held = find_policy(session, bureau_id=demo_id("bureau"), on=city_day(now()))
        get_policy(session, held.id).effective_until = None
    text = re.sub(r"version: .*", 'version: "2092"', read_shipped(), count=1)
    text = re.sub(r"effective_from: .*", "effective_from: 2092-01-01", text, count=1)
    text = re.sub(r"effective_until: .*", "effective_until: 2092-12-31", text, count=1)
    made = officer.post("/bureau/hardship/propose", data={"document": text, "why": "再提高"}).location
    page = log_in(app, "officer2@city.example").get(made).text
    assert f"{held.version}版到前一天为止" in page


def in_state(entry_id, *steps, firm_id=FIRM):
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        for step in steps:
            move(session, get_entry(session, entry_id), step, by=Mover(None, "firm"), now=now())
    return entry_id


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), ("确认：这1小时算进公益工时", "不认定：这1小时不算；律师看得到理由")),
        (("confirm", "sample", "reject", "reply"), ("核实：这1小时算已核实", "律师不能再说明")),
    ],
)
def test_a_decision_on_hours_says_how_much_counts_and_what_the_lawyer_may_still_say(officer, steps, said):
    entry_id = in_state(clinic("09:00-10:00", lawyer=new_lawyer()), *steps)
    page = officer.get(f"/bureau/hours/{entry_id}").text
    for one in said:
        assert one in page


def test_a_firm_reads_that_it_cannot_take_a_confirmation_back(app):
    clinic("09:00-10:00", lawyer=new_lawyer(), day=city_day(now()))
    page = log_in(app, "lawyer1@hubin.example").get("/firm/hours").text
    assert "确认：这1小时算进公益工时，不能收回" in page


def test_settling_what_stood_out_says_that_no_hour_changes(officer):
    lawyer = new_lawyer()
    clinic("06:00-20:00", lawyer=lawyer, day=city_day(now()))
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        watch_firm(session, firm_id=FIRM, now=now())
    with unit_of_work(officer_scope()) as session:
        assert lawyer.id in {one.lawyer_id for one in list_anomalies(session)}
    assert "她的说明和您的话都不能再改；工时不变" in officer.get("/bureau/hours/anomalies").text


def confirmed(month):
    entry_id = clinic("09:00-10:00", lawyer=new_lawyer(), day=dt.date(2026, month, 3))
    firm_says(entry_id)
    return entry_id


def appoint(*people, is_appointed=True):
    with unit_of_work(officer_scope()) as session:
        for person, firm in people:
            facts = {"person_id": demo_id(person), "works_at": demo_id(firm), "name": person}
            draws.appoint(session, bureau_id=demo_id("bureau"), is_appointed=is_appointed, now=now(), **facts)


def drawn_of(period):
    with unit_of_work(officer_scope()) as session:
        return next(one for one in draws.list_draws(session, demo_id("bureau")) if one.period == period)


ASSESSORS = [*((f"jiangwan:{number}", "jiangwan") for number in (1, 2, 3)), ("hubin:2", "hubin"), ("hubin:3", "hubin")]


def test_nothing_is_drawn_that_nobody_could_assess(officer):
    with unit_of_work(officer_scope()) as session:
        appointed = [one.person_id for one in draws.list_assessors(session)]
        for one in appointed:
            facts = {"person_id": one, "works_at": FIRM, "name": "x"}
            draws.appoint(session, bureau_id=demo_id("bureau"), is_appointed=False, now=now(), **facts)
    confirmed(8)
    refused = officer.post("/bureau/hours/samples", data={"period": "2026-08"})
    assert refused.status_code == 409
    assert "没有别所的评查员能看，没有抽" in refused.text
    with unit_of_work(officer_scope()) as session:
        assert "2026-08" not in {one.period for one in draws.list_draws(session, demo_id("bureau"))}


def test_a_draw_says_how_many_of_how_many_and_draws_so_many(officer):
    appoint(*ASSESSORS)
    for _ in range(3):
        confirmed(9)
    said = re.search(r"2026-09：(\d+)条里抽(\d+)条", officer.get("/bureau/hours/samples").text)
    assert officer.post("/bureau/hours/samples", data={"period": "2026-09"}).status_code == 302
    row = drawn_of("2026-09")
    assert (row.population, row.drawn) == (int(said[1]), int(said[2]))


def test_a_period_that_was_drawn_is_offered_no_more(officer):
    assert "2026-09：" not in officer.get("/bureau/hours/samples").text


def test_a_draw_says_for_how_many_an_assessor_is_lacking(officer):
    row = drawn_of("2026-09")
    page = f"/bureau/hours/samples/{row.id}"
    assert "还缺评查员" not in officer.get(page).text
    with unit_of_work(officer_scope()) as session:
        look = results.list_items(session, row.id)[0].looks[0]
    works_at = {demo_id(person): demo_id(firm) for person, firm in ASSESSORS}
    with unit_of_work(Scope(Audience.FIRM, works_at[look.assessor_id], look.assessor_id)) as session:
        assessments.decline(session, person_id=look.assessor_id, assessment_id=look.id, now=now())
    assert "有1条还缺评查员" in officer.get(page).text
    assert "最多再请1位" in officer.get(page).text


def test_closing_says_how_many_become_verified_by_it_and_so_many_do(officer, admin_rows):
    row = drawn_of("2026-09")
    page = f"/bureau/hours/samples/{row.id}"
    assert "抽中的还有" in officer.get(page).text
    with unit_of_work(officer_scope()) as session:
        drawn = [item.entry for item in results.list_items(session, row.id)]
    for one in drawn:
        in_state(one.id, "verify", firm_id=one.firm_id)
    said = int(re.search(r"没有抽中的(\d+)条也算已核实", officer.get(page).text)[1])
    verified = "SELECT count(*) FROM hour_entry WHERE state = 'verified'"
    before = admin_rows(verified)[0][0]
    assert officer.post(f"{page}/close").status_code == 302
    assert said > 0
    assert admin_rows(verified)[0][0] - before == said


@pytest.fixture(scope="module")
def ticket(app, settings):
    party = Party(app, settings, "十二三四五", "12345")
    number = party.send({"reference": "W-1", **FORM}).json["number"]
    with unit_of_work(officer_scope()) as session:
        return session.scalars(select(Ticket).where(Ticket.number == number)).one()


def test_a_ticket_says_what_each_step_ends_and_how_many_doors_are_told(officer, ticket):
    page = officer.get(f"/bureau/tickets/{ticket.id}").text
    hard_on = working_days_after(city_day(ticket.received_at), 15).day
    assert "它接下以前，还可以改转别家" in page
    assert "办不了：就此结束" in page
    assert f"只能一次，最晚改到{hard_on.year}年{hard_on.month}月{hard_on.day}日" in page
    assert "马上告诉1个来处" in page


def test_a_firm_reads_that_an_answered_ticket_is_not_opened_again(officer, app, ticket):
    officer.post(f"/bureau/tickets/{ticket.id}", data={"step": "route", "firm": str(FIRM)})
    lawyer = log_in(app, "lawyer1@hubin.example")
    lawyer.post(f"/firm/tickets/{ticket.id}", data={"step": "take"})
    assert "办结：就此结束，不能再打开" in lawyer.get(f"/firm/tickets/{ticket.id}").text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("recommended", ("批准：发证明，业主收到消息", "60天内可以申诉，由另一位同事决定")),
        ("appealed", ("申诉成立：发新的证明", "这份申请就此结束，不能再申诉")),
        ("reset_asked", ("同意再缓：她的付款日往后推", "不再缓：付款日不变")),
        ("granted", ("抽查：业主收到消息", "已经减缓的¥0.00要补付", "撤销：证明马上作废")),
    ],
)
def test_a_decision_on_relief_says_what_the_owner_gets_or_may_still_do(settings, app, state, said):
    case = make_case(settings, "signed", seed=21)
    waiver_id = make_waiver(settings, case, state, at=now(), outcome="six_parts")
    page = log_in(app, "officer2@city.example").get(f"/bureau/waivers/{waiver_id}").text
    for one in said:
        assert one in page


def test_a_firm_reads_that_its_word_on_relief_stays_and_who_reads_it(settings, app):
    case = make_case(settings, "signed", seed=22)
    waiver_id = make_waiver(settings, case, "applied", at=now())
    lawyer = log_in(app, "lawyer1@hubin.example")
    assert "业主和司法局都看得到，不能再改" in lawyer.get(f"/firm/waivers/{waiver_id}").text


def test_new_credentials_say_how_many_tokens_end_and_end_them(settings, app, operator):
    party = Party(app, settings, "云")
    headers = [party.headers() for _ in range(2)]
    page = f"/operator/parties/{party.id}"
    assert "现在有效的2个令牌马上失效" in operator.get(page).text
    assert operator.post(f"{page}/credentials", data={"scope": "deliveries"}).status_code == 200
    assert party.client.get("/api/v1/deliveries", headers=headers[0]).status_code == 401
    assert "现在有效的0个令牌" in operator.get(page).text


def test_a_new_signing_secret_says_until_when_both_sign(settings, app, operator):
    party = Party(app, settings, "听众")
    assert "一天以内每个通知用新旧两个密钥签名" in operator.get(f"/operator/parties/{party.id}").text
