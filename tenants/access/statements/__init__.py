"""Functions and triggers that need no other part of the matrix: the queue's desk, partners, campaigns."""
