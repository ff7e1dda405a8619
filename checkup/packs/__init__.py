"""Packs: versioned questionnaires with their risks, as data."""
