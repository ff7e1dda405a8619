"""The bureau's home page: figures, goals, and what another parameter would do."""
