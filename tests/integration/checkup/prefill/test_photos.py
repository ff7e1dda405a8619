"""The real models on photos of drawn licences; all forty, with time and memory: `bin/bench licences`."""

import io

import pytest
from PIL import Image

from checkup.prefill.photos import read_photo
from tenants.uploads import check_file
from tests.licences import found_in as told
from tests.licences import make_licence, photograph

SAMPLE = range(12)


@pytest.fixture(scope="module")
def read():
    return {seed: read_photo(check_file(photograph(make_licence(seed), seed), "photo").content) for seed in SAMPLE}


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_licence_is_read_whatever_its_light_and_its_angle(read, seed):
    assert read[seed] == told(make_licence(seed))


def test_a_photo_of_something_else_is_read_as_nothing():
    out = io.BytesIO()
    Image.effect_mandelbrot((900, 700), (-2, -1.5, 1, 1.5), 90).convert("RGB").save(out, "JPEG")
    assert read_photo(out.getvalue()) is None
