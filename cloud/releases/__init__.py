"""Published editions: drafts, checks, files, history."""
