"""The life of one person's conflict check: what may follow, by the person and by a partner. Pure.

`new` is a person who has not looked; `released` gave the case back. Asking and recusing cannot be taken back alone:
whoever recused herself by mistake asks a partner back.
"""

from tenants.lives import Life

NEW = "new"
OUTCOMES = ("clear", "recuse", "ask_partner")
ALONE = Life(
    {(was, became): became for was in (NEW, "clear", "released") for became in OUTCOMES}
    | {("clear", "released"): "released"},
    refusal="wall",
)
BY_PARTNER = Life(
    {
        (was, became): became
        for was, became in (
            ("ask_partner", "clear"),
            ("ask_partner", "recuse"),
            ("recuse", "clear"),
            ("recuse", "recuse"),
            ("clear", "recuse"),
        )
    },
    refusal="wall",
)
