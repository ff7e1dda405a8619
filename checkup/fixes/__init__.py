"""Findings of a signed report being mended: dates, proof, the lawyer's word, reminders, law changes."""
