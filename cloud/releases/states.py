"""The life of a release: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("drafted", "pass"): "checked",
        ("drafted", "fail"): "failed",
        ("checked", "publish"): "published",
        ("checked", "drop"): "dropped",
        ("failed", "drop"): "dropped",
        ("published", "correct"): "corrected",
    }
)
