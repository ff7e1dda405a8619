"""Functions and triggers of partners: who heads one, and the mail that a decision causes."""

from collections.abc import Iterator

_PRINCIPAL = """CREATE OR REPLACE FUNCTION app_is_principal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.partner_post
    WHERE partner_id = app_partner() AND person_id = app_person() AND role = 'principal') $$"""
# Whoever is admitted gets her invitation instead; a bureau's role has no pen for a mail to a partner.
_TELL = """CREATE OR REPLACE FUNCTION famai_tell_partner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('tell_partner', jsonb_build_object('event_id', NEW.id));
  RETURN NULL;
END $$"""
_TELL_TRIGGER = """CREATE OR REPLACE TRIGGER tell_partner AFTER INSERT ON partner_event
FOR EACH ROW WHEN (NEW.became IN ('refused', 'suspended', 'left') OR NEW.was = 'suspended')
EXECUTE FUNCTION famai_tell_partner()"""


def partner_statements() -> Iterator[str]:
    """Once the tables are there."""
    yield _PRINCIPAL
    yield _TELL
    yield _TELL_TRIGGER
