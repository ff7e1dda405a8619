"""The life of a campaign: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("drafted", "open"): "running",
        ("drafted", "drop"): "dropped",
        ("running", "end"): "ended",
    }
)
RUNNING, ENDED = "running", "ended"
