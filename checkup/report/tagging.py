"""What WeasyPrint leaves open of PDF/UA-1, mended in the file before it is written.

Heads of tables get the scope that their HTML has, figures a box in the page's own measure, links the words they stand
on; what is repeated in the margins is no part of the text and is marked so (ISO 14289-1, 7.5, 7.3, 7.18.5, 7.8).
"""

from collections.abc import Iterator
from typing import Any

_POINTS = 0.75  # of a CSS pixel
_PRINTED = 4
_SCOPES = {"row": "/Row", "col": "/Column"}


def finish(document: Any, pdf: Any) -> None:
    """To be given to `write_pdf` as its finisher."""
    for page in document.pages:
        for box in page._page_box.descendants():
            _mend_box(box)
    _mend_figures(document, pdf)
    _mend_margins(pdf)


def _mend_box(box: Any) -> None:
    if box.element is not None and box.element_tag == "th" and getattr(box, "mark", None) is not None:
        box.mark["A"]["Scope"] = _SCOPES[box.element.attrib["scope"]]
    if box.link_annotation:
        words = " ".join("".join(box.element.itertext()).split())
        box.link_annotation.update({"Contents": _text(box.link_annotation, words), "F": _PRINTED})


def _text(beside: Any, words: str) -> Any:
    """A PDF string, of the class that the annotation's own text is of."""
    return type(beside["Contents"])(words)


def _mend_figures(document: Any, pdf: Any) -> None:
    """Boxes are measured from the lower left corner, in points."""
    heights = {reference: page.height for reference, page in zip(pdf.page_references, document.pages, strict=True)}
    for figure in pdf.objects:
        if isinstance(figure, dict) and figure.get("S") == "/Figure":
            left, top, right, bottom = figure["A"]["BBox"]
            height = heights[figure["Pg"]]
            figure["A"]["BBox"][:] = [_POINTS * one for one in (left, height - bottom, right, height - top)]


def _mend_margins(pdf: Any) -> None:
    """Content that no element of the structure holds becomes an artifact; its place in the parent tree is empty."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    held = set(_walk(pdf, root))
    numbered = _object(pdf, root["ParentTree"])["Nums"]
    for place, reference in enumerate(pdf.page_references):
        elements = numbered[2 * place + 1]
        loose = {mcid for mcid, element in enumerate(elements) if element not in held}
        content = _object(pdf, _object(pdf, reference)["Contents"]).stream
        for at, properties in enumerate(content):
            if isinstance(properties, dict) and properties.get("MCID") in loose:
                elements[properties.pop("MCID")] = b"null"
                properties["Type"], content[at - 1] = "/Pagination", "/Artifact"


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _walk(pdf: Any, element: Any) -> Iterator[bytes]:
    """The references of all elements below this one."""
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            yield kid
            yield from _walk(pdf, _object(pdf, kid))
