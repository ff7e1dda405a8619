"""What those who work at a provider see and do."""
