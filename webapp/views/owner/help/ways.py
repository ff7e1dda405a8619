"""Which way? For each dispute that was found: the limit that runs, mediation and why it is first, the other routes."""

import datetime as dt
import uuid
from collections.abc import Sequence

from flask import Blueprint, render_template

from checkup.aid.loading import find_aid
from checkup.cases.checkups import get_checkup_row, list_findings
from checkup.cases.models import FindingRow
from checkup.packs.catalogue import get_pack
from checkup.packs.values import Pack
from checkup.report.laws import cite
from checkup.ways.loading import list_disputes
from checkup.ways.values import Citations, Dispute, bases_of, find_disputes
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.models import Business
from tenants.providers.directory import list_serving
from tenants.providers.kinds import MEDIATION, kind_of
from webapp.edge.audiences import audience, owner_work
from webapp.edge.i18n import locale

blueprint = Blueprint("ways", __name__, url_prefix="/checkup/<uuid:checkup_id>/ways")
_NEAR = 2


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        found = [row for row in list_findings(work, checkup_id=checkup_id) if row.stands]
    disputes = find_disputes(list_disputes(row.pack_id), [one.risk for one in found])
    return render_template("owner/ways.html", checkup=row, disputes=disputes, has_aid=find_aid(row.pack_id) is not None)


@blueprint.get("/<dispute>")
@audience(Audience.OWNER)
def one(checkup_id: uuid.UUID, dispute: str) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        found = [row for row in list_findings(work, checkup_id=checkup_id) if row.stands]
        asked = next((each for each in list_disputes(row.pack_id) if each.id == dispute), None)
        if asked is None:
            raise NotFound
        business = work.get_one(Business, (row.firm_id, row.business_id))
        near = list_serving(work, kind=MEDIATION, district=business.district, service=asked.service)[:_NEAR]
    pack, today = get_pack(row.pack_id), city_day(now())

    def laws(citations: Citations) -> list[str]:
        return [cite(pack, basis, locale(), today) for basis in bases_of(citations, pack, today)]

    days = _days(asked, found, pack)
    return render_template(
        "owner/way.html",
        checkup=row,
        dispute=asked,
        days=days,
        today=today,
        laws=laws,
        keep_kind=kind_of,
        near=near,
        has_aid=find_aid(row.pack_id) is not None,
    )


def _days(dispute: Dispute, found: Sequence[FindingRow], pack: Pack) -> list[tuple[object, dt.date]]:
    """The days of this very case that run, the nearest first: what is about, until when."""
    days = [(pack.risk(row.risk).title, row.due_on) for row in found if row.risk in dispute.risks and row.due_on]
    return sorted(days, key=lambda one: one[1])
