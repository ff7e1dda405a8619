"""Doors that lead in: log-in, second factor, SSO, invitation, application, account."""
