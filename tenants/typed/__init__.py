"""What people type, read one way for every door: text, codes, numbers, dates, phones."""
