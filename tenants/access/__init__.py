"""The access matrix, a module per subject; `matrix.py` joins, `sql.py` makes policies, `functions.py` functions."""
