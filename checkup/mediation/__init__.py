"""A mediation (调解) of a matter at a body: the other side invited, offers sealed, an agreement signed."""
