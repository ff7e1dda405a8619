"""Where posters lead, the calendar of gatherings, queues at stations, and where partners apply."""
