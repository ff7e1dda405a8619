"""The lives of an entry of hours: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("suggested", "submit"): "submitted",
        ("suggested", "drop"): "dropped",
        ("submitted", "drop"): "dropped",
        ("submitted", "confirm"): "confirmed",
        ("submitted", "question"): "questioned",
        ("questioned", "reply"): "submitted",
        ("questioned", "confirm"): "confirmed",
        ("questioned", "reject"): "rejected",
        ("submitted", "reject"): "rejected",
        ("confirmed", "sample"): "sampled",
        ("confirmed", "accept"): "verified",
        ("sampled", "verify"): "verified",
        ("sampled", "reject"): "rejected",
        ("rejected", "reply"): "replied",
        ("replied", "verify"): "verified",
        ("replied", "uphold"): "upheld",
        # A correction is a new entry; the one it replaces only leaves the count.
        **{
            (state, "replace"): "replaced"
            for state in ("suggested", "submitted", "questioned", "confirmed", "verified", "rejected")
        },
    }
)
PENDING = ("submitted", "questioned", "replied")
COUNTED = ("confirmed", "sampled", "verified")
STANDING = (*PENDING, *COUNTED)
# What has been decided about a minute is not suggested again; a suggestion and a replaced entry decide nothing.
UNDECIDED = ("suggested", "replaced")
