"""What an owner does with her record: consent, share, resume, export, move, erase, look again, rate."""
