"""What an operator does to an installation beside serving it: set up, back up, restore, rehearse."""
