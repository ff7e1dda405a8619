"""What helpers type from sheets of paper."""
