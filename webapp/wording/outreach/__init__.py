"""Words for partners, campaigns and what they print."""
