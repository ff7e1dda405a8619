import datetime as dt

import pytest
from sqlalchemy import select

from checkup.cases.checkups import list_findings, open_checkup
from checkup.fixes import law_changes
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Invalid
from tenants.models import Message
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


def cited(settings, case):
    """(law, article) that the first standing finding of the report rests on."""
    with unit_of_work(owner_scope(case)) as session:
        pack = open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring()).pack
        found = next(f for f in list_findings(session, checkup_id=case.checkup_id) if f.state == "found")
    basis = pack.risk(found.risk).basis[0]
    return basis.law, basis.articles[0], found.risk


def record(law, article, day):
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        return law_changes.record_change(session, law=law, article=article, changed_on=day, note="", now=now()).id


def flag(case):
    with unit_of_work(worker_scope(case)) as session:
        return law_changes.flag_reports(session, firm_id=case.firm_id, now=now())


def flags(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        return law_changes.list_flags(session, checkup_id=case.checkup_id, keys=settings.keyring())


def test_a_report_that_rests_on_the_article_is_flagged_once_and_its_owner_told(settings, case):
    law, article, risk = cited(settings, case)
    change = record(law, article, city_day(now()) + dt.timedelta(days=30))
    flag(case)
    flag(case)
    seen = [one for one in flags(settings, case) if one.change.id == change]
    assert len(seen) == 1
    assert risk in seen[0].flag.risks.split()
    with unit_of_work(worker_scope(case)) as session:
        told = session.scalars(
            select(Message).where(Message.owner_id == case.owner_id, Message.subject.contains("法律有变动"))
        ).all()
    assert len(told) == len(flags(settings, case))


def test_a_change_that_the_cited_version_knows_already_flags_nothing(settings, case):
    law, article, _ = cited(settings, case)
    change = record(law, article, dt.date(1990, 1, 1))
    flag(case)
    assert change not in {one.change.id for one in flags(settings, case)}


def test_recording_the_same_change_again_is_the_same_change():
    day = dt.date(2031, 1, 1)
    assert record("civil-code", "705", day) == record("civil-code", "705", day)


def test_the_lawyer_says_whether_the_advice_still_holds(settings, case):
    law, article, _ = cited(settings, case)
    change = record(law, article, dt.date(2032, 1, 1))
    flag(case)

    def answer(words):
        with unit_of_work(lawyer_scope(case)) as session:
            law_changes.answer_flag(
                session, checkup_id=case.checkup_id, change_id=change, answer="stands", words=words,
                lawyer_id=case.lawyer_id, keys=settings.keyring(), now=now(),
            )  # fmt: skip

    with pytest.raises(Invalid):
        answer("")
    answer("新条文没改您要做的事。")
    seen = next(one for one in flags(settings, case) if one.change.id == change)
    assert (seen.flag.answer, seen.words) == ("stands", "新条文没改您要做的事。")
    with unit_of_work(lawyer_scope(case)) as session:
        waiting = law_changes.list_open_flags(session, firm_id=case.firm_id)
    assert (case.checkup_id, change) not in {(one.checkup.id, one.change.id) for one in waiting}
