"""A character that no font draws is found and told by its number; what is drawn stays as it is."""

import io

from pypdf import PdfReader

from checkup.report.glyphs import find_undrawn, spell_undrawn
from checkup.report.pdf import make_pdf

# A character of plane 3 to which nothing is assigned: no font has it, and none will by accident.
NOWHERE = "\U0003fffa"


def test_a_rare_character_with_a_font_stays():
    assert find_undrawn("䶮㛃面馆𰻝𰻝") == ()
    assert spell_undrawn("䶮㛃面馆") == "䶮㛃面馆"


def test_a_character_without_a_font_is_found_once():
    assert find_undrawn(f"张{NOWHERE}{NOWHERE}面馆") == (NOWHERE,)


def test_marks_that_nobody_sees_are_not_missed():
    assert find_undrawn("葛\U000e0100\ufe0f") == ()


def test_the_pdf_tells_its_number_and_no_other_character():
    pdf = make_pdf(f"<!DOCTYPE html><html lang='zh'><title>a</title><body><p>张{NOWHERE}面馆</p></body></html>")
    shown = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "张〔U+3FFFA〕面馆" in shown.replace("\n", "")
