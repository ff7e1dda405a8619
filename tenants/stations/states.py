"""The life of a station: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("admitted", "suspend"): "suspended",
        ("suspended", "resume"): "admitted",
        ("admitted", "leave"): "left",
        ("suspended", "leave"): "left",
    }
)
SERVING = "admitted"
HELPS = "helper"  # what somebody is at a station, as events of posts say it
