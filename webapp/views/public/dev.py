"""Development only: what the delivery channel would have sent, and every piece that pages are made of."""

import datetime as dt
from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, abort, render_template
from werkzeug.datastructures import MultiDict

from checkup.calls.call_rules import FreeHour
from checkup.lessons.loading import list_lessons
from checkup.packs.answers import Answers, Value
from checkup.packs.catalogue import PACK, get_pack
from checkup.report.building import Signed, build_report
from checkup.report.html import render_board, render_body, render_verdict
from checkup.report.values import Letterhead, Report
from checkup.scoring.model import score
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.messages import list_outbox
from webapp.edge.audiences import audience
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.forms.owner import CallBackForm
from webapp.forms.public import DetailsForm, LookForm
from webapp.views.public.look import CHOICES, look
from webapp.wording.call_words import call_hour
from webapp.wording.icons import ICONS

blueprint = Blueprint("dev", __name__, url_prefix="/dev")


# A kitchen with a few things to mend: enough for every piece of a report.
_PROFILE: dict[str, Value] = {"form": "individual", "trade": "catering", "staff": 6.0, "section": "H", "size": "micro"}
_ANSWERS: Answers = {
    "saf.equipment": ("gas",), "saf.gas": "broken", "saf.exits": "never", "tax.income": "rarely", "emp.wages": "rarely",
    "emp.contracts": "few", "soc.insurance": "none", "con.written": "none", "saf.kit": ("none",), "lic.food": "over",
    "lic.kitchen": ("none",), "gov.sells": ("food",),
}  # fmt: skip


@blueprint.before_request
def _not_in_production() -> None:
    if not installation().is_development:
        abort(404)


@blueprint.get("/outbox")
@audience(Audience.PUBLIC)
def outbox() -> str:
    return render_template("public/outbox.html", messages=list_outbox(installation().outbox_dir))


@blueprint.get("/components")
@audience(Audience.PUBLIC)
def components() -> str:
    """Each component once, in the looks that this browser has chosen: to be seen light, dark, in contrast and large."""
    form, report = DetailsForm(formdata=MultiDict()), _sample()
    form.validate()
    calling = CallBackForm(formdata=None)
    calling.offer([FreeHour(now() + dt.timedelta(hours=hours), 1, UUID(int=0), "") for hours in (2, 3, 24)], call_hour)
    return render_template(
        "public/components.html",
        form=form,
        looks=LookForm(formdata=None, data=look()._asdict()),
        choices=CHOICES,
        icons=ICONS,
        lights=("red", "orange", "yellow", "green", "grey"),
        case=SimpleNamespace(id=UUID(int=0)),
        tabs=[("owner.result", _("结果"), "result"), ("fixes.show", _("要办的事"), "todo")],
        today=city_day(now()),
        turn=SimpleNamespace(whose="owner", step=3, steps=4, what="answer_lawyer", due=None, is_paused=True),
        calling=calling,
        lesson=list_lessons(PACK)[0],
        verdict=render_verdict(report),
        board=render_board(report),
        body=render_body(report),
    )


def _sample() -> Report:
    """The signed report of a shop that is nobody's."""
    pack, today = get_pack(PACK), city_day(now())
    return build_report(
        pack=pack,
        score=score(pack, _PROFILE, _ANSWERS, today=today),
        profile=_PROFILE,
        answers=_ANSWERS,
        is_express=False,
        locale=locale(),
        business_name=_("店名或公司名"),
        letterhead=Letterhead("法脉", "Famai", "31310000MD0123456X", "", "12348", ""),
        rights=[one.id for one in pack.opportunities[:2]],
        decided={},
        advice="",
        submitted_on=today,
        signed=Signed("法脉", None, 1, today, "FM26ABCDEFGHJK"),
        public_url=installation().public_url,
        today=today,
    )
