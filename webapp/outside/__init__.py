"""Calls to the world outside: SMS, webhooks, delivery of messages."""
