"""Who may help now: whose station is open, and who has said yes to secrecy. The database holds the same by itself.

A case of an owner is reached by the help that she agreed to: what she alone does is done in her scope, beside her.
"""

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar, cast

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from checkup.assisting.models import Assistance
from checkup.assisting.reading import get_help
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import NotFound
from tenants.stations.duty import Standing, read_standing
from webapp.edge.audiences import staff, staff_work, station_id

View = TypeVar("View", bound=Callable[..., object])


def standing() -> Standing:
    with staff_work() as work:
        return read_standing(work, station_id=station_id(), person_id=staff().person_id)


def at_work(view: View) -> View:
    """A view for a helper at work; others are shown what stands in the way. Stands beneath `audience`.

    A case that she may not see any more, or never might, has one page that says why that may be; what was typed into
    a form is said not to be kept.
    """

    @functools.wraps(view)
    def gated(*args: object, **kwargs: object) -> object:
        found = standing()
        if not found.is_bound:
            return redirect(url_for("helper.duty"))
        if not found.helps:
            return render_template("helper/rests.html", station=found.station), HTTPStatus.FORBIDDEN
        try:
            return view(*args, **kwargs)
        except NotFound:
            is_lost = request.method == "POST"
            return render_template("helper/gone.html", is_lost=is_lost), HTTPStatus.NOT_FOUND

    return cast("View", gated)


@contextmanager
def beside_owner(help_id: uuid.UUID) -> Iterator[tuple[Session, Assistance]]:
    """A unit of work in the owner's scope, by the help that she agreed to and that still runs. Raises: NotFound."""
    with staff_work() as work:
        helped = get_help(work, help_id)
        work.expunge(helped)
        enter_scope(work, Scope(Audience.OWNER, helped.firm_id, helped.owner_id))
        yield work, helped
