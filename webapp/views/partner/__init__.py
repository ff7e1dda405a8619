"""What those who work at a partner see and do."""
