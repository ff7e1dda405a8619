"""What campaigns print and tell: kits, reports, counts of screens."""
