"""Connected parties: credentials, feed, notices, tickets."""
