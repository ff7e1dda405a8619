"""What of the queue a lawyer wants to see; it travels in the page's address and in a saved view. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

STATES = ("open", "waiting", "mine", "offered", "sign", "done")
SORTS = ("press", "newest", "oldest", "name")
MODES = ("express", "deep")


@dataclass(frozen=True)
class Filters:
    """Empty fields hold nothing back. `state`: open (the default), waiting, mine, offered (to me), sign (waits for a
    second signature), done. `sort`: press (the default), newest, oldest, name; what is done is never sorted by press.
    """

    state: str = "open"
    domain: str = ""
    district: str = ""
    size: str = ""
    mode: str = ""
    language: str = ""
    urgent: str = ""
    sort: str = "press"

    def query(self) -> str:
        """The address's part behind the question mark; what is at its default is left out."""
        return urlencode(
            {name: value for name, value in asdict(self).items() if value and value not in ("open", "press")}
        )


def parse_filters(raw: Mapping[str, str]) -> Filters:
    """Unknown words hold nothing back; each value is at most 40 characters."""
    given = {name: raw.get(name, "")[:40] for name in asdict(Filters())}
    if given["state"] not in STATES:
        given["state"] = "open"
    if given["sort"] not in SORTS:
        given["sort"] = "press"
    if given["mode"] not in MODES:
        given["mode"] = ""
    given["urgent"] = "yes" if given["urgent"] else ""
    return Filters(**given)
