"""Doors beside the phone: another account that leads to an owner's, linked by her yes."""
