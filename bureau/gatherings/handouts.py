"""The paper that goes with a gathering: one, put there by whoever made it, read by everybody."""

from sqlalchemy.orm import Session

from bureau.gatherings.models import Gathering, Handout
from tenants.files import content_hash, write_file
from tenants.uploads import CheckedFile


def put_handout(session: Session, row: Gathering, *, name: str, file: CheckedFile, files_url: str) -> None:
    """In the place of the one before."""
    path = f"gatherings/{row.id}/{content_hash(file.content)}.{file.extension}"
    write_file(files_url, path, file.content)
    held = session.get(Handout, row.id) or Handout(gathering_id=row.id)
    held.name, held.media_type, held.size, held.path = name[:200], file.media_type, len(file.content), path
    session.add(held)
    session.flush()
