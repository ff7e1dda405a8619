"""The life of a partner: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("applied", "admit"): "admitted",
        ("applied", "refuse"): "refused",
        ("admitted", "suspend"): "suspended",
        ("suspended", "resume"): "admitted",
        ("admitted", "leave"): "left",
        ("suspended", "leave"): "left",
    }
)
SERVING = "admitted"
STEPS = ("admit", "refuse", "suspend", "resume", "leave")
