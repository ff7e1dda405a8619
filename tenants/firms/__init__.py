"""A firm's life and face: admission, states, directory, profile."""
