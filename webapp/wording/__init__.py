"""Words for codes: states, fees, hours, relief, statistics, bars."""
