"""What campaigns print and tell: kits, reports, counts of screens; the desk that bureau and firm share."""
