"""Commands of the `famai` program, one module per subject."""
