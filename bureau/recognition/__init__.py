"""Certificates and records that lawyers earn by their hours."""
