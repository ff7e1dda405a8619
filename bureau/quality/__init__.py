"""Samples of signed work, assessed without names; anomalies of hours and advice."""
