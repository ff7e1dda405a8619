"""A file that somebody has sent, on its way back to a reader."""

import pytest

from webapp.edge.uploads import send_paper


def test_a_pdf_is_saved_and_never_opened_within_the_site():
    answer = send_paper(b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png"])
def test_a_picture_which_we_have_drawn_anew_is_shown(kind):
    answer = send_paper(b"x", kind)
    assert answer.mimetype == kind
    assert "Content-Disposition" not in answer.headers
