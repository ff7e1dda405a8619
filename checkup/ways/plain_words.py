"""Whether a text is written as people speak: short sentences, and no words of a statute. Pure."""

import re
from collections.abc import Iterator, Mapping

from checkup.packs.yaml_reader import LANGUAGES

MOST_SIGNS, MOST_WORDS = 40, 25  # of a sentence in Chinese, in English
# What a statute says and nobody at a counter does.
STIFF = {
    "zh-Hans": re.compile(
        "应当|予以|依法|之日起|上述|前款|承担.*责任|连带|相对人|当事人|劳动者|用人单位|经营者|法律责任"
    ),
    "en": re.compile(r"\b(shall|hereby|pursuant|aforesaid|thereof|joint and several|employing unit)\b", re.IGNORECASE),
}
_QUOTED = re.compile("“[^”]*”")  # what stands on a paper that she has before her
_ENDS = {"zh-Hans": re.compile("(?<=[。；！？])"), "en": re.compile(r"(?<=[.;!?])\s+")}


def find_wording_faults(text: Mapping[str, str]) -> Iterator[str]:
    """Of one sentence: nothing said, too long, words of a statute."""
    for language in LANGUAGES:
        said = text.get(language, "")
        long = len(said) > MOST_SIGNS if language == "zh-Hans" else len(said.split()) > MOST_WORDS
        if not said or long:
            yield f"nothing said, or too long: {said!r}"
        if stiff := STIFF[language].search(_QUOTED.sub("", said)):
            yield f"words of a statute: {stiff[0]}"


def find_reading_faults(text: Mapping[str, str]) -> Iterator[str]:
    """The same of a text of several sentences, each by itself."""
    for language in LANGUAGES:
        for sentence in filter(None, _ENDS[language].split(text.get(language, ""))):
            yield from (
                fault
                for fault in find_wording_faults({code: sentence if code == language else "-" for code in LANGUAGES})
            )
