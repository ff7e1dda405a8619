"""A step of a referral as a body's own system sends it: a closed list of fields, each checked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkup.referrals.states import OUTCOMES, PROVIDER, REASONS, ROLES
from tenants.errors import FieldFault, Invalid

STEPS = tuple(sorted(ROLES[PROVIDER]))
CODES = (*REASONS, *OUTCOMES)
MOST_TYPED = {"step": 20, "reason": 20, "words": 1000}


@dataclass(frozen=True)
class StepForm:
    """`reason`: why it is declined, or the outcome with which it is closed; `words`: to the owner."""

    step: str
    reason: str = ""
    words: str = ""


def parse_step(raw: object) -> StepForm:
    """Raises: Invalid with every fault."""
    if not isinstance(raw, Mapping):
        raise Invalid((FieldFault("body", "not_an_object"),))
    faults = [FieldFault(str(name), "unknown_field") for name in raw if name not in MOST_TYPED]
    held = dict[str, str]()
    for name, most in MOST_TYPED.items():
        value = raw.get(name, "")
        if not isinstance(value, str) or not value.replace("\n", " ").isprintable():
            faults.append(FieldFault(name, "control_characters"))
        elif len(value) > most:
            faults.append(FieldFault(name, "too_long", {"most": most}))
        else:
            held[name] = value.strip()
    if held.get("step") not in (None, *STEPS):
        faults.append(FieldFault("step", "unknown_option" if held["step"] else "required"))
    if faults:
        raise Invalid(tuple(faults))
    return StepForm(**held)
