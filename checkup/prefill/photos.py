"""Text and QR codes seen on a photo. Only the worker reads photos: from the first one on the models stay in memory."""

import io
from functools import lru_cache
from typing import Any

from PIL import Image

from checkup.prefill.licence_lines import Line, read_licence
from checkup.prefill.values import Found
from tenants.lazy_imports import lazily

numpy = lazily("numpy")
rapidocr = lazily("rapidocr")
zxingcpp = lazily("zxingcpp")
# Where lines are is seen on a small picture, what they say on a sharper one; a line at a time bounds the memory.
_WHERE, _WHAT = 736, 1600  # pixels of the longer side
_THREADS = 2


def read_photo(photo: bytes) -> Found | None:
    """A licence on a photo that was checked and drawn anew (`tenants.uploads`); None where it shows none."""
    with Image.open(io.BytesIO(photo)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((_WHAT, _WHAT))
    return read_licence(_lines(picture), _squares(picture))


def _lines(picture: Image.Image) -> list[Line]:
    seen = _reader()(numpy.asarray(picture)[:, :, ::-1])
    if seen.txts is None:
        return []
    return [_line(text, corners.tolist()) for text, corners in zip(seen.txts, seen.boxes, strict=True)]


def _line(text: str, corners: list[list[float]]) -> Line:
    upper_left, upper_right, lower_right, lower_left = ((x, y) for x, y in corners)
    return Line(text, (upper_left, upper_right, lower_right, lower_left))


@lru_cache(maxsize=1)
def _reader() -> Any:
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # a photo is upright already, by what its camera noted
            "Global.max_side_len": _WHAT,
            "Det.limit_type": "max",
            "Det.limit_side_len": _WHERE,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def _squares(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in found]
