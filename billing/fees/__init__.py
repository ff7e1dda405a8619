"""What things cost: the fee schedule as data, prices, plans, offers and a firm's own money."""
