"""What anybody, and any machine, sees and does."""
