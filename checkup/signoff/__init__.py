"""What a lawyer does with a checkup: decide, advise, cite, sign, countersign, correct."""
