"""What officers of a bureau see and do."""
