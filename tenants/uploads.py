"""Files from strangers: what they are is read from their content, pictures are drawn anew, all else is refused."""

import datetime as dt
import io
import uuid
import warnings
from dataclasses import dataclass

import pillow_heif
import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.errors import FieldFault, Invalid
from tenants.files import content_hash
from tenants.models import Upload

MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 5
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3000
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/png", "HEIF": "image/jpeg"}
_PDF = b"%PDF-"

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class CheckedFile:
    """Bytes that are what they say: `image/jpeg`, `image/png` (no EXIF, no place) or `application/pdf`."""

    media_type: str
    content: bytes

    @property
    def extension(self) -> str:
        return {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}[self.media_type]


def check_file(content: bytes, field: str) -> CheckedFile:
    """The file made safe. Raises: Invalid `file_too_large`, `file_kind` (the name and its ending do not matter)."""
    if len(content) > MOST_BYTES:
        raise Invalid((FieldFault(field, "file_too_large", {"most": MOST_BYTES // 1024 // 1024}),))
    if content.startswith(_PDF) and _looks_like_pdf(content):
        return CheckedFile("application/pdf", content)
    picture = _redraw(content)
    if picture is None:
        raise Invalid((FieldFault(field, "file_kind"),))
    return picture


def check_logo(content: bytes, field: str) -> CheckedFile:
    """A picture at most 600 pixels on its longer side. Raises: as `check_file`."""
    if len(content) > MOST_BYTES:
        raise Invalid((FieldFault(field, "file_too_large", {"most": MOST_BYTES // 1024 // 1024}),))
    picture = _redraw(content, longest=600)
    if picture is None:
        raise Invalid((FieldFault(field, "file_kind"),))
    return picture


def _looks_like_pdf(content: bytes) -> bool:
    try:
        return any(match.extension == ".pdf" for match in puremagic.magic_string(content))
    except puremagic.PureError:
        return False


def _redraw(content: bytes, longest: int = _LONGEST_SIDE) -> CheckedFile | None:
    """The picture's pixels in a new file, turned upright; None for what is no picture or hides too many pixels."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content)) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            media_type = _PICTURES.get(opened.format or "")
            if media_type is None or opened.width * opened.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest, longest))
            clean = upright.convert("RGB" if media_type == "image/jpeg" else "RGBA")
            clean.info.clear()
            return CheckedFile(media_type, _encode(clean, media_type))
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError):
        return None


def _encode(picture: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    if media_type == "image/jpeg":
        picture.save(out, "JPEG", quality=85, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def record_upload(
    session: Session, *, firm_id: uuid.UUID, purpose: str, name: str, file: CheckedFile, now: dt.datetime
) -> Upload:
    """The row of a checked file; its bytes belong at `path` below the files URL."""
    digest = content_hash(file.content)
    row = Upload(
        firm_id=firm_id,
        id=new_id(),
        purpose=purpose,
        name=name[:200],
        media_type=file.media_type,
        size=len(file.content),
        content_hash=digest,
        path=f"uploads/{firm_id}/{digest}.{file.extension}",
        at=now,
    )
    session.add(row)
    session.flush()
    return row
