"""What a delegate reaches: only by what an owner has asked and what still runs. The database holds the same by itself.

What the owner alone may do (a step with a thing to do, an end) is done in her scope, beside her.
"""

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar, cast

from flask import render_template, request
from sqlalchemy.orm import Session

from checkup.delegates.models import Delegation
from checkup.delegates.reading import get_client
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict, NotFound
from webapp.edge.audiences import delegate_work
from webapp.forms.owner import FixStepForm

View = TypeVar("View", bound=Callable[..., object])


def while_asked(view: View) -> View:
    """A view of what runs. Stands beneath `audience`.

    What was taken back, ran out or never was hers has one page that says why that may be, and shows the words that were
    just typed, so that she can hand them on; what is over (handed in, done already) has the same with a way back.
    """

    @functools.wraps(view)
    def gated(*args: object, **kwargs: object) -> object:
        try:
            return view(*args, **kwargs)
        except NotFound:
            return _gone(HTTPStatus.NOT_FOUND, None)
        except Conflict:
            return _gone(HTTPStatus.CONFLICT, cast("uuid.UUID | None", kwargs.get("delegation_id")))

    return cast("View", gated)


def _gone(status: HTTPStatus, back_to: uuid.UUID | None) -> tuple[str, int]:
    is_lost = request.method == "POST"
    words = FixStepForm().why.data if is_lost else ""
    return render_template("delegate/gone.html", is_lost=is_lost, words=words, back_to=back_to), status


@contextmanager
def beside_owner(delegation_id: uuid.UUID) -> Iterator[tuple[Session, Delegation]]:
    """A unit of work in the owner's scope, by what she has asked and what still runs. Raises: NotFound."""
    with delegate_work() as work:
        held = get_client(work, delegation_id).delegation
        work.expunge_all()  # the checkup's row, of which this role has read a part
        enter_scope(work, Scope(Audience.OWNER, held.firm_id, held.owner_id))
        yield work, held


@contextmanager
def owners_work(delegation_id: uuid.UUID) -> Iterator[Session]:
    """The same, where only the unit of work is wanted."""
    with beside_owner(delegation_id) as (work, _held):
        yield work
