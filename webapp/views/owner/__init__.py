"""What an owner sees and does."""
