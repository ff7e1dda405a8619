"""Words about sheets of paper that come back."""
