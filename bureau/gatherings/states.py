"""The lives of a gathering and of a seat: one table of allowed moves each, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("announced", "move"): "announced",
        ("announced", "cancel"): "cancelled",
        ("announced", "close"): "held",
    }
)
ANNOUNCED, CANCELLED, HELD = "announced", "cancelled", "held"
# `walked`: came to the door without a seat.
SEAT_LIFE = Life(
    {
        ("held", "leave"): "left",
        ("waiting", "leave"): "left",
        ("waiting", "move_up"): "held",
        ("left", "come"): "held",
        ("walked", "come"): "walked",
    }
)
# A category of hours each (`bureau/hours/rules.py`).
KINDS = ("lecture", "clinic")
# Of what counts are told (`GatheringTold.what`).
SEATS, CAME = "seats", "came"
# What one who wants a seat is told (`tenants/access/statements/gathering_functions.py`).
OPEN, FULL, OVER, OFF = "open", "full", "over", "cancelled"
