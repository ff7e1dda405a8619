"""Passkeys of staff: WebAuthn credentials, made and used without a password leaving the device."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from tenants.errors import Conflict, NotFound
from tenants.login.models import Passkey
from tenants.models import Person
from tenants.typed.json_text import from_json

SITE_NAME = "法脉 Famai"

to_base64url, from_base64url = bytes_to_base64url, base64url_to_bytes


def has_passkeys(session: Session, person_id: uuid.UUID) -> bool:
    return bool(session.scalar(select(exists().where(Passkey.person_id == person_id))))


def list_passkeys(session: Session, person_id: uuid.UUID) -> Sequence[Passkey]:
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_at)
    return session.scalars(query).all()


def registration_options(session: Session, person: Person, *, site: str, challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON; `site` is the host name."""
    known = [PublicKeyCredentialDescriptor(id=one.credential_id) for one in list_passkeys(session, person.id)]
    return options_to_json(
        generate_registration_options(
            rp_id=site,
            rp_name=SITE_NAME,
            user_name=person.email or "",
            user_id=person.id.bytes,
            user_display_name=person.name,
            challenge=challenge,
            exclude_credentials=known,
        )
    )


def read_credential(response: str) -> Mapping[str, Any] | None:
    """What a browser's script sent; None where it names no credential."""
    found = from_json(response)
    try:
        from_base64url(found["rawId"])  # type: ignore[index]  # whatever it is
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return cast("Mapping[str, Any]", found)


def add_passkey(
    session: Session,
    person: Person,
    *,
    credential: Mapping[str, Any] | None,
    challenge: bytes,
    site: str,
    origin: str,
    label: str,
    now: dt.datetime,
) -> None:
    """Keep the credential that the browser made. Raises: Conflict `passkey_refused`."""
    if credential is None:
        raise Conflict("passkey_refused")
    try:
        verified = verify_registration_response(
            credential=dict(credential), expected_challenge=challenge, expected_rp_id=site, expected_origin=origin
        )
    except WebAuthnException:
        raise Conflict("passkey_refused") from None
    session.add(
        Passkey(
            credential_id=verified.credential_id,
            person_id=person.id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            label=label[:60],
            added_at=now,
        )
    )
    session.flush()


def authentication_options(session: Session, person_id: uuid.UUID, *, site: str, challenge: bytes) -> str:
    """What the browser needs to use one of the person's passkeys, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=one.credential_id) for one in list_passkeys(session, person_id)]
    return options_to_json(generate_authentication_options(rp_id=site, challenge=challenge, allow_credentials=known))


def check_passkey(
    session: Session,
    person_id: uuid.UUID,
    *,
    credential: Mapping[str, Any],
    challenge: bytes,
    site: str,
    origin: str,
) -> bool:
    """Whether the browser's answer proves one of the person's passkeys; a copied key that counts backwards does not."""
    known = session.get(Passkey, from_base64url(credential["rawId"]))
    if known is None or known.person_id != person_id:
        return False
    try:
        verified = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=site,
            expected_origin=origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
        )
    except WebAuthnException:
        return False
    known.sign_count = verified.new_sign_count
    return True


def remove_passkey(session: Session, person_id: uuid.UUID, named: str) -> None:
    """`named`: its id as a page says it. Raises: NotFound."""
    try:
        credential_id = from_base64url(named)
    except ValueError:
        raise NotFound from None
    gone = delete(Passkey).where(Passkey.person_id == person_id, Passkey.credential_id == credential_id)
    if not session.execute(gone.returning(Passkey.credential_id)).all():
        raise NotFound
