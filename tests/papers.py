"""The rules of PDF/UA-1 (ISO 14289-1) that a machine can check, asked of a finished file by a library of its own."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

_SHOWS = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"f*", b"S", b"B", b"sh"}
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def faults_of_accessibility(pdf: bytes) -> list[str]:
    """What a screen reader would stumble over, in words; nothing where all is well."""
    reader = PdfReader(io.BytesIO(pdf))
    elements = list(_elements(reader.root_object["/StructTreeRoot"]))
    return [
        *_of_document(reader),
        *_of_figures(elements),
        *_of_tables(elements),
        *_of_headings(reader, elements),
        *(fault for page in reader.pages for fault in (*_of_links(page), *_of_content(page), *_of_fonts(page))),
    ]


def _elements(element: DictionaryObject) -> Iterator[DictionaryObject]:
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, DictionaryObject) and "/S" in inner:
            yield inner
            yield from _elements(inner)


def _of_document(reader: PdfReader) -> Iterator[str]:
    root, told = reader.root_object, reader.xmp_metadata
    if not (root.get("/MarkInfo", {}).get("/Marked")):
        yield "not marked as tagged"
    if not root.get("/Lang"):
        yield "no language"
    if not (reader.metadata and reader.metadata.title and told and told.dc_title):
        yield "no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "a viewer shows the name of the file in the place of the title"
    if b"pdfuaid:part" not in reader.root_object["/Metadata"].get_object().get_data():
        yield "does not say that it is PDF/UA"


def _of_figures(elements: list[DictionaryObject]) -> Iterator[str]:
    for figure in (one for one in elements if one["/S"] == "/Figure"):
        left, bottom, right, top = figure["/A"]["/BBox"]
        page = figure["/Pg"].get_object()["/MediaBox"]
        if not str(figure.get("/Alt", "")).strip():
            yield "a figure without an alternative"
        if not (page[0] <= left < right <= page[2] and page[1] <= bottom < top <= page[3]):
            yield f"a figure outside its page: {left, bottom, right, top}"


def _of_tables(elements: list[DictionaryObject]) -> Iterator[str]:
    for cell in elements:
        if cell["/S"] == "/TH" and cell["/A"].get("/Scope") not in ("/Row", "/Column"):
            yield "a head of a table that says neither row nor column"
        if cell["/S"] == "/TD" and not cell["/A"].get("/Headers"):
            yield "a cell of a table without heads"


def _of_headings(reader: PdfReader, elements: list[DictionaryObject]) -> Iterator[str]:
    levels = [_HEADINGS[one["/S"]] for one in elements if one["/S"] in _HEADINGS]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"a heading of level {level} below one of level {before}"
    if len(list(_flat(reader.outline))) < len(levels):
        yield "headings that are no bookmarks"


def _flat(outline: list) -> Iterator[object]:
    for one in outline:
        yield from _flat(one) if isinstance(one, list) else [one]


def _of_links(page: DictionaryObject) -> Iterator[str]:
    links = [one.get_object() for one in page.get("/Annots", ()) if one.get_object()["/Subtype"] == "/Link"]
    if links and page.get("/Tabs") != "/S":
        yield "links that are not reached in the order of the text"
    for link in links:
        if not str(link.get("/Contents", "")).strip() or "/StructParent" not in link:
            yield f"a link that is not told: {link.get('/Dest') or link.get('/A')}"


def _of_content(page: DictionaryObject) -> Iterator[str]:
    """Whatever is drawn belongs to the structure or is an artifact."""
    inside = list[bool]()
    for operands, operator in page.get_contents().operations:
        if operator in (b"BMC", b"BDC"):
            inside.append(operands[0] == "/Artifact" or "/MCID" in operands[1])
        elif operator == b"EMC":
            inside.pop()
        elif operator in _SHOWS and not any(inside):
            yield f"drawn, and neither told nor an artifact: {operator.decode()}"


def _of_fonts(page: DictionaryObject) -> Iterator[str]:
    for font in page["/Resources"]["/Font"].values():
        described = font["/DescendantFonts"][0]["/FontDescriptor"]
        if not {"/FontFile2", "/FontFile3"} & set(described):
            yield f"not embedded: {font['/BaseFont']}"
        if "/ToUnicode" not in font:
            yield f"cannot be read out: {font['/BaseFont']}"
