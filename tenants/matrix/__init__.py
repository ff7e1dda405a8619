"""The access matrix, a module per subject; `tenants/access.py` joins them."""
