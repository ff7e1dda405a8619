"""A device at a station that owners use one after the other: the questions in large letters, then nothing of her."""
