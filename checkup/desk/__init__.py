"""The firm's desk: what waits, who has room for it, who is on call, and what must not wait."""
