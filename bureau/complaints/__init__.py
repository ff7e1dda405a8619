"""Complaints about a firm: their life, the desk that answers them, what comes of them."""
