"""How many must stand behind a number before it is shown to anybody whose case it is not. Pure."""

LEAST_BEHIND = 10
MOST_VOUCHED = 3  # businesses that one phone brings into the statistics
