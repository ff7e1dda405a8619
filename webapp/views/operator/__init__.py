"""What the platform's operator sees and does."""
