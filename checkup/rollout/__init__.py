"""Which version of a pack new checkups take: released by two people, in stages, taken back at once."""
