"""What is sent about partners and campaigns."""
