"""The door to the city's business register: one code, one answer (`docs/register.md`), and few of them."""

import logging
import threading
import uuid

import requests

from checkup.prefill.register_answers import AnotherBusiness, NotUnderstood, read_answer
from checkup.prefill.values import Found
from tenants.deadlines import in_time, read_at_most
from tenants.login.rates import count_up
from webapp.settings import BusinessRegister

SECONDS = 6.0  # of the call, its answer included: an owner waits for it
MOST_BYTES = 16_384
AT_ONCE = 2  # calls of one process: a slow register keeps no threads from those who answer
# Nobody shall collect the register through us. A hall on one Wi-Fi is one address.
_HOUR, _DAY = 3_600, 86_400
MOST_PER_PERSON, MOST_PER_ADDRESS, MOST_OF_CITY = 5, 100, 5_000
_lines = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger("famai.register")


class NotTold(RuntimeError):
    """Nothing was learned. `why`: `away`, no answer that holds; `another`, an answer about another business;
    `often`, not asked at all, for now."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def count_look_up(person_id: uuid.UUID | None, address: str) -> None:
    """Count one code that is about to be asked about. Raises: NotTold."""
    for whose, name, seconds, most in (
        ("person", str(person_id), _HOUR, MOST_PER_PERSON),
        ("address", address, _DAY, MOST_PER_ADDRESS),
        ("city", "*", _DAY, MOST_OF_CITY),
    ):
        if count_up(f"register:{whose}:{name}", seconds=seconds) > most:
            _log.warning("the business register: the %s codes for one %s are used up", most, whose)
            raise NotTold("often")


def look_up_code(register: BusinessRegister, code: str) -> Found | None:
    """What the register says of the business with this code; None where it knows none.

    Neither the code nor the answer is logged. Raises: NotTold.
    """
    if not _lines.acquire(blocking=False):
        _log.warning("the business register is slow: %s calls wait for it already", AT_ONCE)
        raise NotTold("away")
    try:
        return read_answer(_ask(register, code), code)
    except AnotherBusiness:
        _log.warning("the business register told of another business than was asked for")
        raise NotTold("another") from None
    except (requests.RequestException, OSError, NotUnderstood) as error:
        _log.warning("the business register did not answer: %s", type(error).__name__)
        raise NotTold("away") from None
    finally:
        _lines.release()


def _ask(register: BusinessRegister, code: str) -> bytes:
    """In the body, so that no log on the way keeps the code. Raises: requests.RequestException, OSError."""
    with in_time(SECONDS) as session:
        session.trust_env = False
        answer = session.post(
            register.url,
            json={"credit_code": code},
            headers={"Authorization": f"Bearer {register.token}", "Accept": "application/json"},
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
        )
        content = read_at_most(answer, MOST_BYTES)
    if answer.status_code != requests.codes.ok:
        raise requests.HTTPError(f"status {answer.status_code}")
    return content
