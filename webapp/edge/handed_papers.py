"""What an owner's form hands in: papers as checked files."""

from flask import request

from billing.waivers.evidence import GivenPaper, check_papers
from tenants.uploads import MOST_BYTES


def given_papers(field: str = "files") -> tuple[GivenPaper, ...]:
    """The uploaded papers, all of the kind that was chosen. Raises: Invalid."""
    given = [file for file in request.files.getlist(field) if file.filename]
    kind = request.form.get("paper", "other")
    return check_papers([(kind, file.stream.read(MOST_BYTES + 1)) for file in given])
