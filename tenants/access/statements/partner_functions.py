"""Functions and triggers of partners: who heads one, and the mail that a decision causes."""

from collections.abc import Iterator

from tenants.access.statements.follow_triggers import job_follows

_PRINCIPAL = """CREATE OR REPLACE FUNCTION app_is_principal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.partner_post
    WHERE partner_id = app_partner() AND person_id = app_person() AND role = 'principal') $$"""


def partner_statements() -> Iterator[str]:
    """Once the tables are there."""
    yield _PRINCIPAL
    # Whoever is admitted gets her invitation instead; a bureau's role has no pen for a mail to a partner.
    yield from job_follows(
        "tell_partner",
        function="famai_tell_partner",
        after="INSERT ON partner_event",
        told="'event_id', NEW.id",
        when="NEW.became IN ('refused', 'suspended', 'left') OR NEW.was = 'suspended'",
    )
