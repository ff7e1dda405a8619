"""A review's life: who holds a case, by when, and who is told."""
