"""What may be told: suppression, dominance, and the audit that tries to solve it."""
