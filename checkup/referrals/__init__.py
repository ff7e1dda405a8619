"""A matter handed to a provider (转介): the packet its owner chose, both sides' steps, clocks, until it is closed."""
