"""Words for partners, campaigns, queues and what they print."""
