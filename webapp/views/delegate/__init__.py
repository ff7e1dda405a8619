"""What delegates see and do: whom they help, areas answered, things done, messages read."""
