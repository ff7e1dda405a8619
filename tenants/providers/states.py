"""The life of a body: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("listed", "admit"): "admitted",
        ("admitted", "suspend"): "suspended",
        ("suspended", "resume"): "admitted",
        ("admitted", "leave"): "left",
        ("suspended", "leave"): "left",
    }
)
SERVING = "admitted"
CHARGING = ("listed", "admitted")  # whose services may be offered to an owner
