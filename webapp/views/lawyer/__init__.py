"""What lawyers see and do."""
