"""Guarantees, on generated cases."""
