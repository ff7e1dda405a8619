"""Views, a room per audience."""
