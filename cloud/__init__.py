"""Statistics: cubes, disclosure control, releases, the feed to the enterprise service cloud."""
