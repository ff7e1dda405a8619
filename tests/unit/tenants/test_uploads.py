"""Photos as phones make them are taken, and what is refused is refused with its true reason."""

import io
import subprocess
import sys

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from tenants.errors import Invalid
from tenants.uploads import MOST_BYTES, check_file, check_logo
from tests.places import ROOT

MEGA = 1024 * 1024
MOST_GROWTH = 150 * 1024  # kilobytes; held whole, 200 megapixels are 600,000
CHECK = """
import io, resource, sys
from pathlib import Path
from PIL import Image
from tenants.uploads import check_file
highest = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content = Path(sys.argv[1]).read_bytes()
before = highest()
kept = check_file(content, "photo")
print(max(Image.open(io.BytesIO(kept.content)).size), before, highest())
"""


def picture(kind="JPEG", mode="RGB", size=(64, 48), colour=None, **how):
    out = io.BytesIO()
    Image.new(mode, size, colour or 0).save(out, kind, **how)
    return out.getvalue()


def opened(file):
    return Image.open(io.BytesIO(file.content))


def refusal(content, check=check_file):
    with pytest.raises(Invalid) as refused:
        check(content, "photo")
    return [(fault.field, fault.code) for fault in refused.value.faults]


def mpo():
    """A photo with a small second picture behind it, as Samsung, Huawei and iPhone portraits have it."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "red").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24), "blue")]
    )
    return out.getvalue()


def heif_sequence():
    out, frames = io.BytesIO(), pillow_heif.HeifFile()
    for colour in ("red", "blue"):
        frames.add_from_pillow(Image.new("RGB", (64, 48), colour))
    frames.save(out)
    return out.getvalue()


def test_of_a_photo_with_a_second_picture_inside_the_first_is_kept():
    kept = check_file(mpo(), "photo")
    assert kept.media_type == "image/jpeg"
    assert opened(kept).size == (640, 480)
    assert opened(kept).getpixel((5, 5))[0] > 200


def test_of_a_heif_with_several_pictures_the_first_is_kept():
    red, _, blue = opened(check_file(heif_sequence(), "photo")).getpixel((5, 5))
    assert red > 200 > blue


@pytest.mark.parametrize("size", [(8000, 6000), (16320, 12240)], ids=["48 megapixels", "200 megapixels"])
def test_the_largest_photos_of_phones_are_drawn_smaller_in_bounded_memory(size, tmp_path):
    """Asked of a process of its own, whose highest use of memory is this photo's alone."""
    (tmp_path / "photo.jpg").write_bytes(picture(size=size))
    asked = subprocess.run(
        [sys.executable, "-c", CHECK, tmp_path / "photo.jpg"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    longest, before, after = map(int, asked.stdout.split())
    assert longest == 3000
    assert after - before < MOST_GROWTH


@pytest.mark.parametrize("mode", ["I;16", "L", "LA", "P", "1", "RGBA"])
def test_a_png_of_any_depth_is_kept(mode):
    assert check_file(picture("PNG", mode), "photo").media_type == "image/png"


def test_sixteen_bits_of_grey_stay_grey():
    assert opened(check_file(picture("PNG", "I;16", colour=128 * 256), "photo")).getpixel((3, 3)) in (128, (128,) * 3)


def test_a_photo_for_print_becomes_one_for_screens():
    assert opened(check_file(picture(mode="CMYK"), "photo")).mode == "RGB"


def test_a_large_drawing_is_kept_as_a_photo():
    noise = Image.effect_noise((2200, 2200), 200).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert check_file(out.getvalue(), "photo").media_type == "image/jpeg"


def test_a_photo_of_twenty_megabytes_is_taken():
    content = picture() + bytes(MOST_BYTES - MEGA)
    assert check_file(content, "photo").media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file_empty"),
        (b"PK\x03\x04 a document", "file_kind"),
        (picture("GIF", "P"), "file_kind"),
        (picture("BMP"), "file_kind"),
        (picture(size=(640, 480), colour="red")[:-500], "file_broken"),
        (b"\x00\x00\x00\x20ftypmp42" + bytes(200), "file_kind"),
        (picture("PNG", "1", (9000, 9000)), "picture_too_large"),
        (picture(size=(9000, 9000), progressive=True), "picture_too_large"),
        (picture() + bytes(MOST_BYTES), "file_too_large"),
        (b"%PDF-1.7\n" + bytes(9 * MEGA), "file_too_large"),
    ],
    ids=["empty", "document", "gif", "bmp", "cut", "film", "png", "progressive", "bytes", "pdf"],
)
def test_what_is_refused_is_refused_with_its_reason(content, why):
    assert refusal(content) == [("photo", why)]


def test_a_picture_that_was_cut_off_is_refused_beside_a_renderer_that_fills_up_what_is_missing(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(picture(size=(640, 480), colour="red")[:-500]) == [("photo", "file_broken")]
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_mark_is_small():
    assert max(opened(check_logo(picture(size=(2000, 1000)), "logo")).size) == 600


@settings(max_examples=60)
@given(st.sampled_from([picture(), picture("PNG"), picture("WEBP"), mpo(), heif_sequence()]), st.data())
def test_a_damaged_photo_is_kept_or_refused_and_breaks_nothing(content, data):
    at, many = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 40))
    damaged = content[:at] + data.draw(st.binary(max_size=12)) + content[at + many :]
    try:
        kept = check_file(damaged, "photo").media_type
    except Invalid as refused:
        kept = refused.faults[0].field
    assert kept in ("image/jpeg", "image/png", "application/pdf", "photo")
