"""Pro bono hours: entries, rules, proof, confirmation, totals."""
