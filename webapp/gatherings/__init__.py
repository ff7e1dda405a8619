"""Gatherings at the edge: the code at the door, files for calendars, the desk that bureau and firm share."""
