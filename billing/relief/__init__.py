"""Relief in hardship: the policy as data, four answers, the life of a waiver, its certificate and its sums."""
