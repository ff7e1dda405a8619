"""Whom a bureau brings owners in with: partners it admits, campaigns it makes."""
