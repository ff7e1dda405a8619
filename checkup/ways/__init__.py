"""Which way? (多元化解): routes for a dispute that a checkup found, as data beside the pack; mediation stands first."""
