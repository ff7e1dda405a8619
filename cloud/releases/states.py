"""The life of a release: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("drafted", "pass"): "checked",
        ("drafted", "fail"): "failed",
        ("checked", "show"): "shown",
        ("checked", "publish"): "published",
        ("checked", "drop"): "dropped",
        ("shown", "publish"): "published",
        ("shown", "drop"): "dropped",
        ("failed", "drop"): "dropped",
        ("published", "correct"): "corrected",
    }
)
