"""`famai pack drafts`: answered questions of bodies, of which a lawyer would make a lesson, for its authors."""

from typing import Any

import click
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.consultations.drafts import draft_of
from checkup.consultations.models import Consultation
from tenants.database import Audience, Scope, configure, unit_of_work
from webapp.settings import Settings


@click.command()
def drafts() -> None:
    """Lessons begun from answered questions, as YAML: nobody is named in them."""
    configure(Settings.from_env().lines)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        click.echo(yaml.safe_dump(list_drafts(session), allow_unicode=True, sort_keys=False))


def list_drafts(session: Session) -> list[dict[str, Any]]:
    """Under Scope(OPERATOR): as far as a lawyer has ticked them, by number."""
    columns = select(Consultation.number, Consultation.topic, Consultation.question, Consultation.answer)
    rows = session.execute(columns.order_by(Consultation.number)).tuples().all()
    return [draft_of(*row) for row in rows]
