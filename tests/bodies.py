"""Bodies of the demo city, as a test works with them."""

from sqlalchemy import select

from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login.models import ProviderPost
from tenants.models import Provider
from tenants.people import find_staff


def scope_of(email: str) -> Scope:
    """The scope in which this officer works at her body."""
    with unit_of_work(Scope(Audience.AUTH, token=email)) as work:
        person = find_staff(work, email)
        assert person is not None
        enter_scope(work, Scope(Audience.AUTH, person_id=person.id))
        post = work.scalars(select(ProviderPost)).one()
    return Scope(Audience.PROVIDER, person_id=person.id, provider_id=post.provider_id)


def find_body(name: str) -> Provider:
    """The body whose name has these characters."""
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        return work.scalars(select(Provider).where(Provider.name.contains(name))).one()
