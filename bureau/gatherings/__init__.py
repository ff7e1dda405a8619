"""Gatherings (普法讲座、咨询日): announced, signed up for, opened by a code at the door, and counted as hours."""
