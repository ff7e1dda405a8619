"""The officer's day: what waits for her, of whatever room, with its clock."""
