"""The lives of a firm: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("applied", "admit"): "admitted",
        ("applied", "refuse"): "refused",
        ("admitted", "activate"): "active",
        ("admitted", "suspend"): "suspended",
        ("active", "suspend"): "suspended",
        ("suspended", "activate"): "active",
        ("admitted", "leave"): "left",
        ("active", "leave"): "left",
        ("suspended", "leave"): "left",
    }
)
SERVING = ("admitted", "active")
TRIAL_CHECKUPS = 20
