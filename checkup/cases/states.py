"""The lives of a checkup: one table of allowed moves, no other place decides. Pure."""

from tenants.lives import Life

LIFE = Life(
    {
        ("started", "answer"): "answering",
        ("answering", "answer"): "answering",
        ("answering", "submit"): "submitted",
        ("started", "submit"): "submitted",
        ("submitted", "reopen"): "answering",
        ("submitted", "take"): "in_review",
        ("in_review", "return"): "submitted",
        ("in_review", "sign"): "signed",
        ("signed", "correct"): "signed",
        ("closed", "correct"): "closed",
        ("signed", "close"): "closed",
        **{
            (state, "withdraw"): "withdrawn"
            for state in ("started", "answering", "submitted", "in_review", "signed", "closed")
        },
        **{
            (state, "erase"): "erased"
            for state in ("started", "answering", "submitted", "in_review", "signed", "closed", "withdrawn")
        },
    }
)
DRAFTS = ("started", "answering")
