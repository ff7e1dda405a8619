"""Templates lie in the folder of the audience that sees them."""

import re

from tests.places import ROOT

ROOMS = {room.name for room in (ROOT / "webapp/views").iterdir() if room.is_dir() and (room / "__init__.py").exists()}
NOT_ONE_AUDIENCE = {"macros", "message", "report", "shared"}
RENDERED = re.compile(r'"([a-z]+)/[a-z_/]+\.html"')
DECLARED = re.compile(r"@audience\(Audience\.([A-Z]+)")
# Staff of a firm sign in as one audience; what they see lies with those who work and those who run the firm.
SEEN_BY = {"FIRM": {"firm", "lawyer"}}


def test_template_folders_are_audiences():
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders - ROOMS - NOT_ONE_AUDIENCE == set()


def test_a_view_renders_templates_of_its_own_audiences():
    strays = {}
    for file in (ROOT / "webapp/views").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        seen = {file.parent.name, "shared"}
        for name in DECLARED.findall(text):
            seen |= SEEN_BY.get(name, {name.lower()})
        if found := set(RENDERED.findall(text)) - seen:
            strays[str(file.relative_to(ROOT))] = found
    assert strays == {}


def test_template_lines_fit_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_text_that_keeps_its_breaks_begins_right_after_its_tag():
    kept = re.compile(r'<\w+[^<>]*class="(?:[^"]* )?(?:prewrap|query)[ "][^<>]*>\s')
    files = (ROOT / "templates").rglob("*.html")
    assert [str(f.relative_to(ROOT)) for f in files if kept.search(f.read_text(encoding="utf-8"))] == []


def test_days_and_numbers_are_written_in_one_place():
    """`tenants.translation.shown` knows how the reader writes them; a drawing's coordinates are a machine's."""
    own = re.compile(
        r"strftime|(?:due|day|_on|_at|\.on|\.at)\s*\|\s*string|isoformat\(\)(?!\s*\}\}\")|\{:,|%\.\df|%Y|%d/%m"
    )
    drawings = {"chart.html", "trend_chart.html", "annual_body.html"}
    found = {
        str(path.relative_to(ROOT)): own.findall(text)
        for path in (ROOT / "templates").rglob("*.*")
        if path.name not in drawings and own.search(text := path.read_text(encoding="utf-8"))
    }
    assert found == {}
