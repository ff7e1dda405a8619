"""Words in the reader's language: the catalogue, what is extracted for it, and messages from their templates."""
