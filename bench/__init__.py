"""Measurements, each against its target. Not tests: nothing here fails a build."""
