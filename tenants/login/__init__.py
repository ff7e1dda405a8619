"""Who may come in: sessions, passkeys, second factor, throttle, memberships."""
