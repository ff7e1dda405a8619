"""Conflict of interest: who is concerned by a case, whom the firm acts for or against, and who may read on."""
