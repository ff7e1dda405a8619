"""Where posters lead, and where partners apply."""
