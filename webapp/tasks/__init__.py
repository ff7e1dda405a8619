"""What the worker does, a module per subject: `TASKS` on request, `PERIODIC` by the clock."""
