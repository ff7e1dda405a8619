"""Counts kept up to date: cells, contributions, periods."""
