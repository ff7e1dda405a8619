"""A case that its owner erases, and what of it is left that must not be."""

from checkup.owner.erasure import erase_checkup
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.files import list_files
from tests.factories import owner_scope
from webapp.tasks.cases import TASKS

# What an erased case keeps: that it was, who did what when, what was paid and worked; not a word of its content.
KEEPS = {
    "activity_day", "assistance", "break_glass", "case_parties", "checkup_event", "complaint",
    "conflict_check", "delegation", "edition", "erasure", "fee", "green_call", "hour_entry", "progress",
    "mediation", "mediation_event", "referral", "referral_event",
    "review", "review_event", "scope_letter", "share", "signing", "waiver", "waiver_event",
}  # fmt: skip
SEALED = {
    "answers": "sealed", "case_parties": "sealed", "conflict_check": "sealed_reason", "edition": "sealed_content",
    "mediation": "sealed_told", "mediation_event": "sealed_words",
    "referral": "sealed_packet", "referral_event": "sealed_words",
    "review": "sealed_advice", "share": "sealed", "signing": "sealed_content",
}  # fmt: skip


def erase(session, case):
    erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=Actor(case.owner_id, "店主本人"), now=now())


def erase_in_full(case):
    with unit_of_work(owner_scope(case)) as session:
        erase(session, case)


def finish(settings, case):
    """What the worker does for an erasure, twice as after a kill."""
    for _ in range(2):
        TASKS["finish_erasure"](settings, firm_id=str(case.firm_id), checkup_id=str(case.checkup_id))


def left_of(settings, case, admin_rows):
    """What is still there of an erased case that must not be."""
    of_case = {"id": case.checkup_id}
    waivers = [str(row.id) for row in admin_rows("SELECT id FROM waiver WHERE checkup_id = :id", **of_case)]
    found = [
        path for path, _ in list_files(settings.files_url) if any(i in path for i in (str(case.checkup_id), *waivers))
    ]
    tables = admin_rows("SELECT table_name FROM information_schema.columns WHERE column_name = 'checkup_id' "
                        "AND table_schema = 'public'")  # fmt: skip
    for (table,) in tables:
        condition = f"length({SEALED[table]}) > 0" if table in SEALED else "true"
        if table in SEALED or table not in KEEPS:
            count = admin_rows(f"SELECT count(*) FROM {table} WHERE checkup_id = :id AND {condition}", **of_case)[0][0]
            found += [table] * count
    for (waiver,) in ((one,) for one in waivers):
        for table in ("waiver_content", "waiver_evidence"):
            found += [table] * admin_rows(f"SELECT count(*) FROM {table} WHERE waiver_id = :id", id=waiver)[0][0]
    return found
