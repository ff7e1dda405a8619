"""Where posters lead, the calendar of gatherings, and where partners apply."""
