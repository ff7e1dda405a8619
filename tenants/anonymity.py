"""How many must stand behind a number before it is shown to anybody whose case it is not. Pure."""

LEAST_BEHIND = 10
