"""Values that a bureau sets and dates, and its emergency mode."""
