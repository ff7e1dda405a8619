"""A delegate (会计、店长、家人) whom an owner asks: areas answered, things done, until a day or her word."""
