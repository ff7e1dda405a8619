"""Whom a bureau brings owners in with: partners it admits, campaigns and gatherings it makes."""
