"""A signed paper as its reader's program judges it."""

import io
from pathlib import Path

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext


def judge(pdf: bytes, trusted: Path) -> PdfSignatureStatus:
    """What pyHanko says of the one signature, where this certificate is trusted and nothing is fetched."""
    context = ValidationContext(trust_roots=list(load_certs_from_pemder([str(trusted)])), allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, context)
