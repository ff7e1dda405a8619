"""Legal aid (法律援助预判) for an owner: terms of her district as dated data, and a pure rule; no answer is kept."""
