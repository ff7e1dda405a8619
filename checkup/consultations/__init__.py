"""A question about somebody else's case, without names (二次咨询): a body asks, a lawyer on the roster answers."""
