"""What a lawyer does with a checkup: decide, advise, cite, sign, let a partner sign, correct by a new edition."""
