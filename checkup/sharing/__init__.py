"""A report shown to somebody else by link: sealed snapshots, what each level shows, who opened it."""
