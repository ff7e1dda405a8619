"""The web edge: the only package that knows HTTP."""
