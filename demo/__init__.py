"""The filled demo city, a module per subject; deterministic by seed, by the services that people use."""
