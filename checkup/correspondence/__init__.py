"""Messages between owner and lawyer, their files, and where a case stands."""
