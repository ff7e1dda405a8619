"""The access matrix, a module per subject; `matrix.py` joins them, `sql.py` makes grants and policies."""
