"""Campaigns (专项): a bureau's drive with partners and firms, its links and codes, and counts that name nobody."""
