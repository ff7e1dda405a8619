"""Files from strangers: what they are is read from their content, pictures are drawn anew, all else is refused.

One picture at a time is decoded in a process, and no larger than its kind can be decoded in bounded memory: a baseline
JPEG is decoded at an eighth of its size where it is large (`draft`), everything else is held whole.
"""

import datetime as dt
import io
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pillow_heif
import puremagic
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.errors import FieldFault, Invalid
from tenants.files import content_hash
from tenants.models import Upload

_MEGA = 1024 * 1024
MOST_BYTES = 20 * _MEGA  # of a picture as a phone makes it; what is kept of it is far smaller
MOST_PDF = 8 * _MEGA
MOST_FILES = 5
_LONGEST_SIDE = 3000
_SMALL_SIDE = 72
_MOST_KEPT_PNG = 3 * _MEGA
_MILLION = 1_000_000
_MOST_DRAFTED = 220 * _MILLION
# Pixels that may be decoded whole. Without its eighths a JPEG costs three bytes for each, a PNG up to eight.
_MOST_PIXELS = {"JPEG": 64 * _MILLION, "HEIF": 64 * _MILLION, "AVIF": 64 * _MILLION, "PNG": 40 * _MILLION,
                "WEBP": 40 * _MILLION}  # fmt: skip
_LIKE = {"MPO": "JPEG"}  # a JPEG with further pictures behind the first: depth, the other eye, the moment before
_PDF = b"%PDF-"

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = _MOST_DRAFTED  # Pillow's own guard stands behind ours
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)


@dataclass(frozen=True)
class CheckedFile:
    """Bytes that are what they say: `image/jpeg`, `image/png` (no EXIF, no place) or `application/pdf`."""

    media_type: str
    content: bytes

    @property
    def extension(self) -> str:
        return {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}[self.media_type]


def check_file(content: bytes, field: str) -> CheckedFile:
    """The file made safe; its name and its ending do not matter.

    Raises: Invalid `file_empty`, `file_too_large`, `file_kind`, `file_broken`, `picture_too_large`.
    """
    if content.startswith(_PDF) and _looks_like_pdf(content):
        _refuse_larger(content, MOST_PDF, field)
        return CheckedFile("application/pdf", content)
    return _check_picture(content, field, _LONGEST_SIDE)


def check_photo(content: bytes, field: str) -> CheckedFile:
    """A picture, and no PDF. Raises: as `check_file`."""
    return _check_picture(content, field, _LONGEST_SIDE)


def check_logo(content: bytes, field: str) -> CheckedFile:
    """A picture at most 600 pixels on its longer side. Raises: as `check_file`."""
    return _check_picture(content, field, 600)


def draw_small(logo: bytes) -> bytes:
    """A kept logo as a WebP of at most 72 pixels on its longer side, some two kilobytes: for a card on a slow line."""
    with Image.open(io.BytesIO(logo)) as opened:
        small = opened.convert("RGBA")
    small.thumbnail((_SMALL_SIDE, _SMALL_SIDE))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=75)
    return out.getvalue()


def _refuse_larger(content: bytes, most: int, field: str) -> None:
    if len(content) > most:
        raise Invalid((FieldFault(field, "file_too_large", {"most": most // _MEGA}),))


def _looks_like_pdf(content: bytes) -> bool:
    try:
        return any(match.extension == ".pdf" for match in puremagic.magic_string(content))
    except puremagic.PureError:
        return False


def _check_picture(content: bytes, field: str, longest: int) -> CheckedFile:
    """The picture's pixels in a new file, turned upright."""
    if not content:
        raise Invalid((FieldFault(field, "file_empty"),))
    _refuse_larger(content, MOST_BYTES, field)
    try:
        with _ONE_AT_A_TIME, _whole_pictures_only(), Image.open(io.BytesIO(content)) as opened:
            _refuse_kind_and_size(opened, field)
            return _redraw(opened, longest)
    except (UnidentifiedImageError, Image.DecompressionBombError) as broken:
        raise Invalid((FieldFault(field, "file_kind"),)) from broken
    except Invalid:
        raise
    except Exception as broken:  # noqa: BLE001 - a stranger's picture breaks its decoder in more ways than can be listed
        raise Invalid((FieldFault(field, "file_broken"),)) from broken


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """The renderer of PDFs lets Pillow fill up what a picture lacks, for its whole process; a paper that was cut off
    on its way is refused all the same."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refuse_kind_and_size(opened: Image.Image, field: str) -> None:
    kind = _LIKE.get(opened.format or "", opened.format or "")
    if kind not in _MOST_PIXELS:
        raise Invalid((FieldFault(field, "file_kind"),))
    can_be_drafted = kind == "JPEG" and not opened.info.get("progressive")
    most = _MOST_DRAFTED if can_be_drafted else _MOST_PIXELS[kind]
    if opened.width * opened.height > most:
        raise Invalid((FieldFault(field, "picture_too_large", {"most": most // _MILLION}),))


def _redraw(opened: Image.Image, longest: int) -> CheckedFile:
    opened.draft(None, (longest, longest))
    opened.thumbnail((longest, longest))
    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # sixteen bits of grey
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    is_drawing = opened.format in ("PNG", "WEBP")
    clean = upright.convert("RGBA" if is_drawing and upright.has_transparency_data else "RGB")
    clean.info.clear()
    if is_drawing:
        drawn = _encode(clean, "PNG")
        if len(drawn) <= _MOST_KEPT_PNG:
            return CheckedFile("image/png", drawn)
        paper = Image.new("RGB", clean.size, "white")
        paper.paste(clean, mask=clean.getchannel("A") if clean.mode == "RGBA" else None)
        clean = paper
    return CheckedFile("image/jpeg", _encode(clean, "JPEG"))


def _encode(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 85} if kind == "JPEG" else {}))
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
