"""The one door to Stripe: calls, notices, bookings and their reconciliation."""
