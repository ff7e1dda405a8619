"""An answered consultation as the beginning of a lesson: its authors shorten, translate and tie it to risks. Pure."""

import re
from typing import Any

_ENDS = re.compile("(?<=[。！？；])")


def draft_of(number: str, topic: str, question: str, answer: str) -> dict[str, Any]:
    """In the shape of `checkup/lessons/<pack>/<topic>.yaml`; what an author must say is empty."""
    sentences = [one.strip() for one in _ENDS.split(answer) if one.strip()]
    return {
        "id": number.lower(),
        "risks": [f"{topic}."],
        "basis": {},
        "figure": "paper",
        "title": {"zh-Hans": question.split("\n")[0], "en": ""},
        "text": [{"zh-Hans": one, "en": ""} for one in sentences],
        "questions": [],
    }
